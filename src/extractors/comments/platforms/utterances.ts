import { z } from 'zod'
import type { IndexedPage } from '../../element-index.ts'
import { selector } from '../../selector.ts'
import { jsonOf } from '../json/read-json.ts'
import { noneYet, refusal, unread, unreadable } from '../answers.ts'
import { readBodyHtml } from '../body.ts'
import { commentOf } from '../comment.ts'
import { articleUrlOf, embeddedThread } from '../marks/embedded-thread.ts'
import { address, count, flag, id, text, time } from '../json/fields.ts'
import { editedAt, publishedAt, writtenBy } from '../json/parts.ts'
import { associationBadges, threadTerm } from '../marks/github-thread.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'

/**
 * Utterances: an issue on GitHub, found by its title, whose comments are flat. GitHub answers sixty requests an hour
 * to those without a token, and 403 to more. Source: the project's client; GitHub's documentation of its REST API.
 */
export const utterances: CommentPlatform = { name: 'utterances', locate, open, read }

const pageSize = 100
const server = 'https://api.github.com/'

const scripts = selector('script[src*="utteranc.es"][repo]')

function locate(page: IndexedPage, context: ThreadContext): Thread | null {
  const script = scripts.first(page.elements)
  if (script === null) return null
  const { repo = '', 'issue-number': number, 'issue-term': mapping = 'pathname' } = script.attribs
  if (!/^[\w.-]+\/[\w.-]+$/.test(repo)) return null
  if (number !== undefined && /^\d+$/.test(number)) {
    return embeddedThread(utterances.name, `#${number}`, page, context, { repo, number })
  }
  const term = threadTerm(page, mapping)
  return term === null ? null : embeddedThread(utterances.name, term, page, context, { repo, term })
}

/** GitHub renders the comments for who asks for this type. */
const rendered = { accept: 'application/vnd.github.html+json' }

function open({ data }: Thread): Ask {
  const { repo = '', number, term = '' } = data
  if (number !== undefined) {
    return { url: `${server}repos/${repo}/issues/${number}`, headers: rendered, note: { step: 'issue' } }
  }
  const url = new URL('search/issues', server)
  url.searchParams.set('q', `"${term}" type:issue in:title repo:${repo}`)
  url.searchParams.set('sort', 'created')
  url.searchParams.set('order', 'asc')
  return { url: url.href, headers: rendered, note: { step: 'search' } }
}

function askPage({ data }: Thread, number: string, page: number): Ask {
  return {
    url: `${server}repos/${data['repo'] ?? ''}/issues/${number}/comments?page=${page}&per_page=${pageSize}`,
    headers: rendered,
    note: { step: 'comments', number, page: String(page) },
  }
}

const issue = z.object({ number: z.number().int(), comments: count, locked: flag })
const search = z.object({ items: z.array(issue) })

const list = z.array(
  z.object({
    id,
    html_url: address,
    body_html: text,
    user: z.object({ login: text }).nullish().catch(null),
    created_at: time,
    updated_at: time,
    author_association: text,
    reactions: z.object({ '+1': count, '-1': count }).nullish().catch(null),
  }),
)

type Item = z.infer<typeof list>[number]

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  const step = asked.note?.['step']
  const none = step === 'issue' ? noneYet(answer, thread) : null
  if (none !== null) return none
  const reason = refusal(answer)
  if (reason !== null) return unread(reason)
  return step === 'comments' ? readComments(answer, asked, thread) : readIssue(answer, thread)
}

/** Where several titles match, the first issue is meant. */
function readIssue(answer: Answer, thread: Thread): Batch {
  const json = jsonOf(answer)
  const found = search.safeParse(json).data?.items ?? issue.array().safeParse([json]).data
  if (found === undefined) throw unreadable(utterances.name, answer)
  const [first] = found
  if (first === undefined) return { comments: [], next: [], reportedCount: 0 }
  const { number, comments, locked } = first
  return {
    comments: [],
    next: comments === 0 ? [] : [askPage(thread, String(number), 1)],
    closed: locked,
    ...(comments === null ? {} : { reportedCount: comments }),
  }
}

function readComments(answer: Answer, asked: Ask, thread: Thread): Batch {
  const parsed = list.safeParse(jsonOf(answer))
  if (!parsed.success) throw unreadable(utterances.name, answer)
  const { number = '', page = '1' } = asked.note ?? {}
  const hasMore = parsed.data.length >= pageSize
  return {
    comments: parsed.data.map((given) => toComment(given, answer, thread)),
    next: hasMore ? [askPage(thread, number, Number(page) + 1)] : [],
  }
}

function toComment(given: Item, answer: Answer, thread: Thread): Comment {
  const login = given.user?.login ?? ''
  return commentOf({
    nativeId: given.id,
    ...writtenBy(login, login),
    ...publishedAt(given.created_at, answer),
    ...readBodyHtml(given.body_html, given.html_url === '' ? articleUrlOf(thread) : given.html_url),
    likes: given.reactions?.['+1'] ?? null,
    dislikes: given.reactions?.['-1'] ?? null,
    ...editedAt(given.updated_at === given.created_at ? null : given.updated_at, answer),
    authorBadges: associationBadges(given.author_association),
    permalink: given.html_url === '' ? null : given.html_url,
  })
}
