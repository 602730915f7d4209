import { createServer, type ServerResponse } from 'node:http'

/*
 * One article with one very long thread, a process of its own: WordPress' markup for the article, its REST interface
 * for the comments, 100 a page, oldest first. Started by fork with the number of comments; tells its origin by message.
 */
const total = Number(process.argv[2] ?? 100_000)
const perPage = 100
const post = 7
const firstDay = Date.UTC(2026, 0, 1)

export interface ThreadServerMessage {
  readonly origin: string
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (url.pathname === '/2026/01/harbour/') return send(response, 'text/html', article(originOf()))
  if (url.pathname === '/wp-json/wp/v2/comments')
    return sendPage(response, Number(url.searchParams.get('page')))
  response.writeHead(404, { 'content-type': 'text/plain' }).end('not found')
})
process.on('disconnect', () => process.exit())
server.listen(0, '127.0.0.1', () => {
  const ready: ThreadServerMessage = { origin: originOf() }
  process.send?.(ready)
})

function originOf(): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return `http://127.0.0.1:${address.port}`
}

function send(
  response: ServerResponse,
  type: string,
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, ...headers }).end(body)
}

function sendPage(response: ServerResponse, page: number): void {
  const start = (page - 1) * perPage
  const comments = Array.from({ length: Math.min(perPage, total - start) }, (_, index) =>
    comment(start + index + 1),
  )
  send(response, 'application/json', JSON.stringify(comments), {
    'x-wp-total': String(total),
    'x-wp-totalpages': String(Math.ceil(total / perPage)),
  })
}

/** Two of three answer one of the thirty before them, so that threads run deep and move what follows. */
function comment(id: number) {
  const parent = id % 3 === 0 || id < 40 ? 0 : id - 1 - ((id * 7) % 30)
  const words = `Remark ${id}: the harbour was closed for ${id % 90} days, and nobody told us why. `
  return {
    id,
    post,
    parent,
    author_name: `Reader ${id % 5000}`,
    date_gmt: new Date(firstDay + id * 1000).toISOString().slice(0, 19),
    content: { rendered: `<p>${words.repeat(2)}</p>\n<p>It <em>will</em> be so again &#8211; ${words}</p>` },
    type: 'comment',
    status: 'approved',
  }
}

function article(origin: string): string {
  const url = `${origin}/2026/01/harbour/`
  const sentence =
    'The council said on Monday that the work had taken two years and cost less than was feared. '
  return `<!DOCTYPE html><html lang="en"><head><title>Harbour closes</title>
    <meta name="generator" content="WordPress 6.5.3"><link rel="https://api.w.org/" href="${origin}/wp-json/">
    <link rel="canonical" href="${url}"><meta property="og:type" content="article">
    <meta property="article:published_time" content="2026-01-01T00:00:00+00:00"></head>
    <body class="single single-post postid-${post}"><main><article><h1 class="entry-title">Harbour closes</h1>
    <div class="entry-content">${`<p>${sentence.repeat(3)}</p>`.repeat(4)}</div></article>
    <div id="comments" class="comments-area"><h2 class="comments-title">${total} comments</h2>
    <ol class="comment-list"></ol><form action="/wp-comments-post.php" id="commentform"></form></div></main></body></html>`
}
