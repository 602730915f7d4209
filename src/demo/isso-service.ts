import { json, type Reply, reply, type Visit } from './http.ts'
import { escapeHtml } from './markup.ts'
import type { DemoArticle, DemoComment } from './model.ts'

/** The article of a path, by which the comment service knows each thread. */
type ArticleAt = (path: string) => DemoArticle | undefined

const visible = 1
const deleted = 4

/**
 * The JSON service of Isso 0.13 under `/isso/`: `limit` folds comments of the first level, `nested_limit`
 * folds replies, and what was folded is counted in `hidden_replies`. There is one level of replies.
 */
export function issoReply(articleAt: ArticleAt, { method, path, query, body }: Visit): Reply | null {
  if (path === '/isso/count' && method === 'POST') return countThreads(articleAt, body)
  if (path === '/isso/config') return json({ config: settings })
  if (path !== '/isso/') return null
  const uri = query.get('uri')
  if (uri === null) return badRequest('missing uri query')
  const numbers = readNumbers(query)
  if (!numbers) return badRequest('limit should be integer')
  const sort = query.get('sort') ?? 'oldest'
  if (!['newest', 'oldest', 'upvotes'].includes(sort)) return badRequest('Invalid sort option.')
  const young = storedComments(articleAt(uri)).filter(
    ({ publishedAt }) => publishedAt.getTime() / 1_000 > numbers.after,
  )
  const found = inOrder(young, sort)
  return json(
    numbers.parent === null ? listRoots(found, numbers) : listReplies(found, numbers, numbers.parent),
  )
}

const settings = {
  'reply-to-self': false,
  'require-email': false,
  'require-author': false,
  'reply-notifications': false,
  gravatar: false,
  feed: false,
}

function badRequest(message: string): Reply {
  return reply(
    400,
    'text/html; charset=utf-8',
    `<!doctype html><title>400 Bad Request</title><p>${message}</p>`,
  )
}

interface Numbers {
  readonly limit: number | null
  readonly nestedLimit: number | null
  readonly offset: number
  readonly after: number
  readonly parent: number | null
}

function readNumbers(query: URLSearchParams): Numbers | null {
  const read = (name: string): number | null => (query.has(name) ? Number(query.get(name)) : null)
  const numbers = {
    limit: read('limit'),
    nestedLimit: read('nested_limit'),
    offset: read('offset') ?? 0,
    after: read('after') ?? 0,
    parent: read('parent'),
  }
  const isValid = Object.values(numbers).every((number) => number === null || Number.isFinite(number))
  return isValid && numbers.offset >= 0 ? numbers : null
}

/** A deleted comment stays only while it has replies. */
function storedComments(article: DemoArticle | undefined): DemoComment[] {
  const comments = article?.comments ?? []
  return comments.filter(
    (comment) => comment.removedAt === null || comments.some(({ parent }) => parent === comment),
  )
}

function inOrder(comments: readonly DemoComment[], sort: string): DemoComment[] {
  const karma = ({ likes, dislikes }: DemoComment): number => likes - dislikes
  const age = (one: DemoComment, other: DemoComment): number =>
    one.publishedAt.getTime() - other.publishedAt.getTime() || one.id - other.id
  if (sort === 'upvotes')
    return comments.toSorted((one, other) => karma(other) - karma(one) || age(one, other))
  return sort === 'newest' ? comments.toSorted((one, other) => age(other, one)) : comments.toSorted(age)
}

function fold<Item>(list: readonly Item[], limit: number | null, offset: number): Item[] {
  return limit === null ? [...list] : list.slice(offset, offset + limit)
}

function listRoots(found: readonly DemoComment[], { limit, nestedLimit, offset }: Numbers): unknown {
  const roots = found.filter(({ parent }) => parent === null)
  const shown = fold(roots, limit, offset)
  return {
    id: null,
    total_replies: found.length,
    hidden_replies: roots.length - shown.length - offset,
    replies: shown.map((root) => {
      const replies = found.filter(({ parent }) => parent === root)
      const open = fold(replies, nestedLimit, 0)
      return Object.assign(record(root), {
        total_replies: replies.length,
        hidden_replies: replies.length - open.length,
        replies: open.map((answer) => record(answer)),
      })
    }),
    config: settings,
  }
}

function listReplies(found: readonly DemoComment[], { limit, offset }: Numbers, parentId: number): unknown {
  const replies = found.filter(({ parent }) => parent?.id === parentId)
  const shown = fold(replies, limit, offset)
  return {
    id: parentId,
    total_replies: replies.length,
    hidden_replies: replies.length - shown.length - offset,
    replies: shown.map((answer) => record(answer)),
    config: settings,
  }
}

/** A deleted comment goes out without words and name. */
function record(comment: DemoComment): Record<string, unknown> {
  const isDeleted = comment.removedAt !== null
  return {
    id: comment.id,
    parent: comment.parent?.id ?? null,
    text: isDeleted ? '' : renderText(comment),
    author: isDeleted ? null : comment.author.name,
    website: null,
    mode: isDeleted ? deleted : visible,
    created: comment.publishedAt.getTime() / 1_000,
    modified: comment.editedAt === null ? null : comment.editedAt.getTime() / 1_000,
    likes: comment.likes,
    dislikes: comment.dislikes,
    hash: Buffer.from(comment.author.name).toString('hex').padEnd(12, '0').slice(0, 12),
    notification: 0,
  }
}

/** What Isso's Markdown makes of quotes, paragraphs and line breaks. */
function renderText({ quotes, paragraphs }: DemoComment): string {
  const quoted = quotes.map(({ text }) => `<blockquote><p>${escapeHtml(text)}</p></blockquote>`)
  const own = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>\n')}</p>`)
  return [...quoted, ...own].join('\n')
}

function countThreads(articleAt: ArticleAt, body: string): Reply {
  let asked: unknown
  try {
    asked = JSON.parse(body)
  } catch {
    return badRequest('JSON must be a list of URLs')
  }
  if (!Array.isArray(asked)) return badRequest('JSON must be a list of URLs')
  const counts = asked.map((uri) => {
    const comments = articleAt(String(uri))?.comments ?? []
    return comments.filter(({ removedAt }) => removedAt === null).length
  })
  return json(counts)
}
