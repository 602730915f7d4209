import { localIso } from './clock.ts'
import { json, type Reply, type Visit } from './http.ts'
import { escapeHtml } from './markup.ts'
import {
  type DemoArticle,
  type DemoComment,
  type DemoSite,
  pageCount,
  pageOf,
  visibleComments,
} from './model.ts'
import { renderContent } from './wordpress-comments.ts'
import { commentUrl, postUrl } from './wordpress-threads.ts'
import { printParagraphs, printText } from './wordpress-typography.ts'

/** What visitors who have not signed in may not ask for. */
const forbidden = ['author', 'author_exclude', 'author_email', 'status', 'type']

/** The REST interface as visitors see it: comments and posts. `route` is what follows `/wp-json`. */
export function restReply(site: DemoSite, route: string, visit: Visit): Reply {
  if (route === '/' || route === '') {
    return json({ name: site.name, url: site.origin, namespaces: ['wp/v2'], routes: {} })
  }
  const one = /^\/wp\/v2\/(posts|comments)(?:\/(\d+))?\/?$/.exec(route)
  if (!one) return refuse(404, 'rest_no_route', 'No route was found matching the URL and request method.')
  if (one[1] === 'posts')
    return one[2] === undefined ? listPosts(site, visit) : showPost(site, Number(one[2]))
  return one[2] === undefined ? listComments(site, visit) : showComment(site, Number(one[2]))
}

function refuse(status: number, code: string, message: string): Reply {
  return json({ code, message, data: { status } }, {}, status)
}

interface Listed {
  readonly article: DemoArticle
  readonly comment: DemoComment
}

/** Pings are comments of another type, and never listed to visitors. */
function everyComment({ articles }: DemoSite): Listed[] {
  return articles.flatMap((article) =>
    visibleComments(article)
      .filter(({ isPing }) => !isPing)
      .map((comment) => ({ article, comment })),
  )
}

function listComments(site: DemoSite, { query }: Visit): Reply {
  const asked = forbidden.filter((name) => query.has(name) && !isDefault(name, query.get(name)))
  if (asked.length > 0) {
    return refuse(401, 'rest_forbidden_param', `Query parameter not permitted: ${asked.join(', ')}`)
  }
  const paging = readPaging(query)
  if (!paging) return refuse(400, 'rest_invalid_param', 'Invalid parameter(s): per_page, page')
  const found = everyComment(site).filter((listed) => isWanted(listed, query))
  const byId = query.get('orderby') === 'id'
  const direction = query.get('order') === 'asc' ? 1 : -1
  const sorted = found.toSorted((one, other) => {
    const later = one.comment.publishedAt.getTime() - other.comment.publishedAt.getTime()
    return direction * ((byId ? 0 : later) || one.comment.id - other.comment.id)
  })
  const shown = pageOf(sorted, paging.page, paging.size)
  return json(
    shown.map((listed) => commentRecord(site, listed)),
    totals(sorted, paging.size),
  )
}

function isDefault(name: string, value: string | null): boolean {
  return (name === 'status' && value === 'approve') || (name === 'type' && value === 'comment')
}

/** Numbers may come as one list with commas or as repeated parameters. */
function numbersIn(query: URLSearchParams, name: string): number[] | null {
  const values = [...query.getAll(name), ...query.getAll(`${name}[]`)]
  return values.length === 0 ? null : values.flatMap((value) => value.split(',')).map(Number)
}

function isWanted({ article, comment }: Listed, query: URLSearchParams): boolean {
  const isAsked = (name: string, id: number): boolean => numbersIn(query, name)?.includes(id) ?? true
  const isExcluded = numbersIn(query, 'exclude')?.includes(comment.id) ?? false
  const time = comment.publishedAt.getTime()
  const isInTime =
    time > instant(query.get('after'), Number.NEGATIVE_INFINITY) &&
    time < instant(query.get('before'), Number.POSITIVE_INFINITY)
  const isNamed =
    isAsked('post', article.id) &&
    isAsked('parent', comment.parent?.id ?? 0) &&
    isAsked('include', comment.id)
  return isNamed && isInTime && !isExcluded
}

function instant(value: string | null, otherwise: number): number {
  if (value === null) return otherwise
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`)
}

function readPaging(query: URLSearchParams): { page: number; size: number } | null {
  const size = Number(query.get('per_page') ?? 10)
  const page = Number(query.get('page') ?? 1)
  const isValid = Number.isInteger(size) && size >= 1 && size <= 100 && Number.isInteger(page) && page >= 1
  return isValid ? { page, size } : null
}

function totals(list: readonly unknown[], size: number): Record<string, string> {
  const pages = list.length === 0 ? 0 : pageCount(list, size)
  return { 'x-wp-total': String(list.length), 'x-wp-totalpages': String(pages) }
}

function commentRecord(site: DemoSite, { article, comment }: Listed): unknown {
  const self = `${site.origin}/wp-json/wp/v2/comments/${comment.id}`
  return {
    id: comment.id,
    post: article.id,
    parent: comment.parent?.id ?? 0,
    author: comment.author.memberId ?? 0,
    // Stored with references, and handed out as stored.
    author_name: escapeHtml(comment.author.name),
    author_url: '',
    ...dates('', comment.publishedAt, site),
    content: { rendered: renderContent(comment) },
    link: commentUrl(site, article, comment),
    status: 'approved',
    type: 'comment',
    author_avatar_urls: {},
    meta: [],
    _links: {
      self: [{ href: self }],
      up: [{ embeddable: true, post_type: 'post', href: `${site.origin}/wp-json/wp/v2/posts/${article.id}` }],
      ...(comment.parent === null
        ? {}
        : {
            'in-reply-to': [
              { embeddable: true, href: `${site.origin}/wp-json/wp/v2/comments/${comment.parent.id}` },
            ],
          }),
    },
  }
}

/** `date` on the site's clock and `date_gmt`, both without an offset. */
function dates(prefix: string, moment: Date, { timezone }: DemoSite): Record<string, string> {
  const name = prefix === '' ? 'date' : prefix
  return { [name]: localIso(moment, timezone), [`${name}_gmt`]: localIso(moment, 'UTC') }
}

function showComment(site: DemoSite, id: number): Reply {
  const listed = everyComment(site).find(({ comment }) => comment.id === id)
  if (!listed) return refuse(404, 'rest_comment_invalid_id', 'Invalid comment ID.')
  return json(commentRecord(site, listed))
}

function showPost(site: DemoSite, id: number): Reply {
  const article = site.articles.find((candidate) => candidate.id === id)
  if (!article) return refuse(404, 'rest_post_invalid_id', 'Invalid post ID.')
  return json(postRecord(site, article))
}

function listPosts(site: DemoSite, { query }: Visit): Reply {
  const paging = readPaging(query)
  if (!paging) return refuse(400, 'rest_invalid_param', 'Invalid parameter(s): per_page, page')
  const slug = query.get('slug')
  const found = site.articles.filter((article) => slug === null || article.slug === slug)
  if (paging.page > pageCount(found, paging.size)) {
    return refuse(
      400,
      'rest_post_invalid_page_number',
      'The page number requested is larger than the number of pages available.',
    )
  }
  return json(
    pageOf(found, paging.page, paging.size).map((article) => postRecord(site, article)),
    totals(found, paging.size),
  )
}

function postRecord(site: DemoSite, article: DemoArticle): unknown {
  return {
    id: article.id,
    ...dates('', article.publishedAt, site),
    guid: { rendered: `${site.origin}/?p=${article.id}` },
    ...dates('modified', article.modifiedAt, site),
    slug: article.slug,
    status: 'publish',
    type: 'post',
    link: postUrl(site, article),
    title: { rendered: printText(article.title) },
    content: { rendered: printParagraphs(article.paragraphs), protected: false },
    excerpt: { rendered: printParagraphs(article.paragraphs.slice(0, 1)), protected: false },
    comment_status: 'open',
    ping_status: 'open',
    format: 'standard',
    _links: {
      replies: [{ embeddable: true, href: `${site.origin}/wp-json/wp/v2/comments?post=${article.id}` }],
    },
  }
}
