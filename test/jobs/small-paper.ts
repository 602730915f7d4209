import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface ArticlePage {
  readonly url: string
  readonly title: string
  /** WordPress' number of the post. */
  readonly post: number
  /** Texts of its comments, oldest first; null for one that was taken away. */
  readonly comments: readonly (string | null)[]
  /** Comments of its other pages of comments: before these ones, and in all. */
  readonly earlier?: number
  readonly total?: number
  readonly published?: string
  /** Markup at the end of the text. */
  readonly pager?: string
  /** Markup below the comments, such as links to further pages of them. */
  readonly below?: string
}

/** A page as a WordPress theme prints it. Comment ids are made of the post's number and their place. */
export function articlePage({
  url,
  title,
  post,
  comments,
  earlier = 0,
  total = comments.length,
  published,
  pager = '',
  below = '',
}: ArticlePage): string {
  const items = comments.map((words, place) => {
    if (words === null) return ''
    const index = earlier + place
    const id = post * 100_000 + index + 1
    const time = new Date(Date.UTC(2026, 2, 1, 9, index)).toISOString()
    return `<li id="comment-${id}" class="comment depth-1"><article id="div-comment-${id}" class="comment-body">
      <footer class="comment-meta"><div class="comment-author vcard"><b class="fn">Reader ${index + 1}</b></div>
      <div class="comment-metadata"><a href="${url}#comment-${id}"><time datetime="${time}">${time}</time></a></div></footer>
      <div class="comment-content"><p>${words}</p></div></article></li>`
  })
  const paragraph =
    'The council said on Monday that the work had taken two years and cost less than was feared. '
  return `<!DOCTYPE html><html lang="en"><head><title>${title}</title><meta name="generator" content="WordPress 6.5.3">
    <link rel="canonical" href="${url}"><meta property="og:type" content="article">
    <meta property="article:published_time" content="${published ?? '2026-03-01T07:30:00+00:00'}">
    <meta name="author" content="Ada Quill"></head>
    <body class="single single-post postid-${post}"><main><article><h1 class="entry-title">${title}</h1>
    <div class="entry-content">${`<p>${title}. ${paragraph.repeat(3)}</p>`.repeat(4)}${pager}</div></article>
    <div id="comments" class="comments-area"><h2 class="comments-title">${total} comments</h2>
    <ol class="comment-list">${items.join('\n')}</ol>${below}
    <form action="/wp-comments-post.php" id="commentform"></form></div></main></body></html>`
}

interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Resolves when the answer may be sent. */
  readonly wait?: Promise<void>
}

export interface SmallPaper {
  readonly origin: string
  /** Address of the feed, which is also the name under which the paper is crawled. */
  readonly feedUrl: string
  /** Id of the site in the database. */
  readonly siteId: string
  /** Paths asked for, in order. */
  readonly asked: string[]
  /** What is answered by path; what is not there is answered with 404. */
  readonly answers: Map<string, Answer | ((path: string) => Answer)>
  /** Sees each request before it is answered. */
  onRequest: (request: IncomingMessage) => void
  /** Puts an article on its page and, unless there already, in the feed. */
  readonly publish: (path: string, article: Omit<ArticlePage, 'url'>) => void
  /** Names a path in the feed without a page of its own. */
  readonly announce: (path: string, title?: string) => void
  readonly stop: () => Promise<void>
}

/** A newspaper on loopback: a feed and the articles that it names, all of it told by the test. */
export async function openSmallPaper(): Promise<SmallPaper> {
  const asked: string[] = []
  const answers: SmallPaper['answers'] = new Map()
  const items: { path: string; title: string; published: string }[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    asked.push(path)
    paper.onRequest(request)
    void send(
      request,
      response,
      answers.get(path.split('?')[0] ?? path) ?? { status: 404, body: 'not found' },
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the paper has no port')
  const origin = `http://127.0.0.1:${address.port}`
  answers.set('/feed/', () => ({
    headers: { 'content-type': 'application/rss+xml' },
    body: feed(items.map((item) => ({ ...item, url: origin + item.path }))),
  }))
  const announce = (path: string, title = path, published = '2026-03-01T07:30:00+00:00') => {
    if (!items.some((item) => item.path === path)) items.push({ path, title, published })
  }
  const paper: SmallPaper = {
    origin,
    onRequest: () => undefined,
    feedUrl: `${origin}/feed/`,
    siteId: `127.0.0.1-${address.port}`,
    asked,
    answers,
    announce,
    publish: (path, article) => {
      announce(path, article.title, article.published)
      answers.set(path, { body: articlePage({ url: origin + path, ...article }) })
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return paper
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  told: Answer | ((path: string) => Answer),
): Promise<void> {
  const {
    status = 200,
    headers = {},
    body = '',
    wait,
  } = typeof told === 'function' ? told(request.url ?? '/') : told
  await wait
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body)
}

function feed(items: readonly { url: string; title: string; published: string }[]): string {
  const entries = items.map(
    ({ url, title, published }) =>
      `<item><title>${title}</title><link>${url}</link><pubDate>${new Date(published).toUTCString()}</pubDate></item>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>The Small Paper</title>
    <link>http://127.0.0.1/</link><description>News</description>${entries.join('')}</channel></rss>`
}
