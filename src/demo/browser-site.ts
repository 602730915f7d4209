import { offsetIso } from './clock.ts'
import { rss, sitemap } from './feeds.ts'
import { html, json, type Reply, reply, type Site, type Visit } from './http.ts'
import { escapeHtml } from './markup.ts'
import {
  type DemoArticle,
  type DemoSite,
  lastChange,
  pageCount,
  pageOf,
  repliesTo,
  visibleComments,
} from './model.ts'
import { privatePage, privatePath } from './private-corner.ts'
import { longDate, renderCommentList } from './wordpress-comments.ts'
import { printParagraphs, printText, texturize } from './wordpress-typography.ts'

/** First-level comments that one press of the button brings. */
const rootsPerPage = 6

export function browserUrl({ origin }: DemoSite, { id, slug }: DemoArticle): string {
  return `${origin}/story/${id}/${slug}`
}

/**
 * A site whose comments a script puts into the page, and more of them at each press of a button.
 * Without a browser there is the article, a counter and an empty section.
 */
export function browserSite(site: DemoSite): Site {
  return (visit) =>
    fixedPage(site, visit) ??
    storyPage(site, visit) ??
    reply(404, 'text/html; charset=UTF-8', '<!DOCTYPE html><title>Not found</title>')
}

function fixedPage(site: DemoSite, { path, query }: Visit): Reply | null {
  switch (path) {
    case '/':
      return html(renderFront(site))
    case '/api/comments':
      return commentPage(site, query)
    case '/robots.txt':
      return reply(
        200,
        'text/plain',
        `User-agent: *\nDisallow: /private/\nSitemap: ${site.origin}/sitemap.xml\n`,
      )
    case '/rss':
      return reply(200, 'application/rss+xml; charset=utf-8', feed(site))
    case '/sitemap.xml':
      return reply(200, 'application/xml', sitemapOf(site))
    case privatePath:
      return html(privatePage)
    default:
      return null
  }
}

/** Markup of the comments of one press, and how many presses there are. */
function commentPage(site: DemoSite, query: URLSearchParams): Reply {
  const article = site.articles.find(({ id }) => id === Number(query.get('article')))
  const page = Number(query.get('page') ?? 1)
  if (!article || !Number.isInteger(page) || page < 1)
    return json({ error: 'no such article or page' }, {}, 404)
  const visible = visibleComments(article)
  const roots = repliesTo(null, visible)
  const list = {
    origin: site.origin,
    timezone: site.timezone,
    postId: article.id,
    depth: site.habits.depth,
    permalink: ({ id }: { id: number }) => `${browserUrl(site, article)}#comment-${id}`,
  }
  return json({
    total: visible.length,
    page,
    pages: pageCount(roots, rootsPerPage),
    list: renderCommentList(list, pageOf(roots, page, rootsPerPage), visible),
  })
}

function feed(site: DemoSite): string {
  return rss({
    title: site.name,
    url: `${site.origin}/`,
    language: site.language,
    timezone: site.timezone,
    charset: 'utf-8',
    items: site.articles.slice(0, 20).map((article) => ({
      title: texturize(article.title),
      url: browserUrl(site, article),
      authors: article.authors,
      categories: [article.section.name],
      publishedAt: article.publishedAt,
      modifiedAt: article.modifiedAt,
      summaryHtml: printParagraphs(article.paragraphs.slice(0, 1)),
    })),
  })
}

function sitemapOf(site: DemoSite): string {
  const stories = site.articles.map((article) => ({
    url: browserUrl(site, article),
    lastModified: offsetIso(article.modifiedAt, site.timezone),
  }))
  return sitemap('urlset', stories)
}

function renderPage(site: DemoSite, title: string, head: string, bodyClass: string, content: string): string {
  const name = escapeHtml(site.name)
  return `<!DOCTYPE html>
<html lang="${site.language}">
<head>
<meta charset="UTF-8">
<title>${printText(title)}</title>
<meta name="generator" content="WordPress 6.8">
<link rel="stylesheet" href="${site.origin}/wp-content/themes/pier/style.css">
<link rel="alternate" type="application/rss+xml" title="${name}" href="${site.origin}/rss">
<meta property="og:site_name" content="${name}">
${head}</head>
<body class="${bodyClass}">
<header><a href="${site.origin}/">${name}</a></header>
<main>
${content}
</main>
<footer><a href="${site.origin}${privatePath}">Notes</a></footer>
</body>
</html>`
}

function renderFront(site: DemoSite): string {
  const stories = site.articles.map(
    (article) =>
      `<article><h2><a href="${browserUrl(site, article)}">${printText(article.title)}</a></h2><p>${printText(article.paragraphs[0] ?? '')}</p></article>`,
  )
  return renderPage(site, site.name, '', 'home blog', stories.join('\n'))
}

function storyPage(site: DemoSite, { path }: Visit): Reply | null {
  const article = site.articles.find((candidate) => browserUrl(site, candidate) === `${site.origin}${path}`)
  if (!article) return null
  const property = (name: string, value: string): string =>
    `<meta property="${name}" content="${escapeHtml(value)}">\n`
  const published = offsetIso(article.publishedAt, site.timezone)
  const head = [
    `<link rel="canonical" href="${browserUrl(site, article)}">\n`,
    property('og:type', 'article'),
    property('og:title', texturize(article.title)),
    property('article:published_time', published),
    property('article:modified_time', offsetIso(article.modifiedAt, site.timezone)),
    property('article:section', article.section.name),
    ...article.tags.map((tag) => property('article:tag', tag)),
    ...article.authors.map((author) => `<meta name="author" content="${escapeHtml(author)}">\n`),
  ].join('')
  const content = `<article id="post-${article.id}" class="post-${article.id} post type-post hentry">
<h1 class="entry-title">${printText(article.title)}</h1>
<p class="byline">By ${escapeHtml(article.authors.join(' and '))} <time class="entry-date published" datetime="${published}">${longDate(article.publishedAt, site.timezone)}</time></p>
<div class="entry-content">
${printParagraphs(article.paragraphs)}
</div>
</article>
${renderComments(article)}`
  const bodyClass = `single single-post postid-${article.id}`
  return {
    ...html(renderPage(site, article.title, head, bodyClass, content)),
    lastModified: lastChange([article]),
  }
}

function renderComments(article: DemoArticle): string {
  const total = visibleComments(article).length
  return `<section id="comments" class="comments-area" data-comments-for="${article.id}">
<h2 class="comments-title">${total} comments</h2>
<noscript>Comments are shown to browsers with JavaScript.</noscript>
<button type="button" class="load-more" hidden>Load more</button>
</section>
<script>${loader}</script>`
}

/** Runs in the reader's browser. Repeated lists are merged, so that the page holds one. */
const loader = `
const section = document.querySelector('[data-comments-for]')
const button = section.querySelector('.load-more')
let page = 0
async function loadMore() {
  button.disabled = true
  const response = await fetch('/api/comments?article=' + section.dataset.commentsFor + '&page=' + (page + 1))
  const answer = await response.json()
  page = answer.page
  const box = document.createElement('div')
  box.innerHTML = answer.list
  const list = section.querySelector('ol.comment-list')
  if (list) list.append(...box.firstElementChild.children)
  else if (answer.total > 0) button.before(box.firstElementChild)
  button.hidden = page >= answer.pages
  button.disabled = false
}
button.addEventListener('click', loadMore)
loadMore()
`
