import { load } from 'cheerio/slim'
import { isTag } from 'domhandler'
import { parseMoment } from '../../../../normalise/date.ts'
import { cleanLine } from '../../../../normalise/text.ts'
import { readBodyHtml } from '../../body.ts'
import { commentOf } from '../../comment.ts'
import type { Answer, Comment, Thread } from '../../platform.ts'

interface FeedItem {
  readonly id: string
  readonly fields: ReadonlyMap<string, string>
}

/**
 * The comments of an article's comment feed. It holds the latest ones only and no parents, so that it
 * adds comments to what the page shows and never replaces one. Null when the answer is no feed.
 */
export function readFeed(answer: Answer, thread: Thread): Comment[] | null {
  const $ = load(answer.text, { xml: true })
  if ($('rss > channel').length === 0) return null
  const items: FeedItem[] = []
  for (const item of $('rss > channel > item').toArray()) {
    const elements = item.children.filter(isTag)
    const fields = new Map(elements.map((element) => [element.name, $(element).text()]))
    const id = /#comment-(\d+)$/.exec(fields.get('link')?.trim() ?? '')?.[1]
    if (id !== undefined) items.push({ id, fields })
  }
  return items.map((item) => toComment(item, answer, thread))
}

function toComment({ id, fields }: FeedItem, { fetchedAt }: Answer, { data, pageUrl }: Thread): Comment {
  const articleUrl = data['articleUrl'] ?? pageUrl
  const moment = parseMoment(fields.get('pubDate'), { timezone: 'UTC', fetchedAt })
  return commentOf({
    nativeId: id,
    parentConfidence: 'low',
    authorName: cleanLine(fields.get('dc:creator')),
    publishedAt: moment.at,
    publishedPrecision: moment.precision,
    publishedRaw: cleanLine(fields.get('pubDate')),
    ...readBodyHtml(fields.get('content:encoded') ?? fields.get('description') ?? '', articleUrl),
    permalink: `${articleUrl}#comment-${id}`,
  })
}
