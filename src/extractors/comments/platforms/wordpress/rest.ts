import { z } from 'zod'
import { parseMoment } from '../../../../normalise/date.ts'
import { jsonOf } from '../../json/read-json.ts'
import { readBodyHtml } from '../../body.ts'
import { commentOf } from '../../comment.ts'
import { parseHtml } from '../../../page.ts'
import { lineOf } from '../../nodes.ts'
import type { Answer, Ask, Comment, Thread } from '../../platform.ts'

export interface RestPage {
  readonly comments: readonly Comment[]
  /** Comments in all, without pings. */
  readonly total: number
  readonly pages: number
}

const perPage = 100

/** Asks for one page of a post's comments, oldest first, so that new ones do not move the others. */
export function restAsk(
  root: string,
  page: number,
  note: Readonly<Record<string, string>>,
  thread: Thread,
): Ask {
  const url = new URL(root)
  const plainRoute = url.searchParams.get('rest_route')
  if (plainRoute === null) url.pathname = `${url.pathname.replace(/(?<!\/)\/+$/, '')}/wp/v2/comments`
  else url.searchParams.set('rest_route', '/wp/v2/comments')
  const parameters = {
    post: thread.data['post'] ?? '',
    per_page: perPage,
    page,
    order: 'asc',
    orderby: 'date_gmt',
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, String(value))
  return { url: url.href, accept: 'json', note: { ...note, step: 'rest', page: String(page), root } }
}

const restComments = z.array(
  z.object({
    id: z.number().int(),
    post: z.number().int(),
    parent: z.number().int(),
    author_name: z.string(),
    date_gmt: z.string(),
    content: z.object({ rendered: z.string() }),
    type: z.string().nullish(),
    status: z.string().nullish(),
  }),
)

type RestComment = z.infer<typeof restComments>[number]

/** The comments of one page; null when the answer is not what an open interface gives. */
export function restPageOf(answer: Answer, thread: Thread): RestPage | null {
  const parsed = restComments.safeParse(jsonOf(answer))
  if (!parsed.success) return null
  const own = parsed.data.filter(({ post }) => String(post) === thread.data['post'])
  return {
    comments: own.map((item) => toComment(item, answer, thread)),
    total: headerNumber(answer, 'x-wp-total') ?? own.length,
    pages: headerNumber(answer, 'x-wp-totalpages') ?? 1,
  }
}

function headerNumber({ headers }: Answer, name: string): number | null {
  const value = headers[name] ?? ''
  return /^\d{1,9}$/.test(value) ? Number(value) : null
}

/** Names come as they are stored, with entities; times in UTC without saying so. */
function toComment(item: RestComment, answer: Answer, thread: Thread): Comment {
  const articleUrl = thread.data['articleUrl'] ?? thread.pageUrl
  const moment = parseMoment(`${item.date_gmt}Z`, { timezone: 'UTC', fetchedAt: answer.fetchedAt })
  return commentOf({
    nativeId: String(item.id),
    parentNativeId: item.parent === 0 ? null : String(item.parent),
    authorName: lineOf(parseHtml(item.author_name.toWellFormed())),
    publishedAt: moment.at,
    publishedPrecision: moment.precision,
    publishedRaw: item.date_gmt,
    ...readBodyHtml(item.content.rendered, articleUrl),
    state: (item.status ?? 'approved') === 'approved' ? 'visible' : 'withheld',
    isPing: item.type === 'pingback' || item.type === 'trackback',
    permalink: `${articleUrl}#comment-${item.id}`,
  })
}
