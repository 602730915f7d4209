import { offsetIso } from './clock.ts'
import { slugOf } from './lexicon.ts'
import { escapeHtml } from './markup.ts'
import { type DemoArticle, type DemoSite, visibleComments } from './model.ts'
import { privatePath } from './private-corner.ts'
import { longDate, renderCommentList } from './wordpress-comments.ts'
import {
  authorUrl,
  commentListOf,
  commentPages,
  paragraphsOn,
  postUrl,
  rootsOn,
  textPages,
} from './wordpress-threads.ts'
import { printParagraphs, printText, texturize } from './wordpress-typography.ts'

interface WordpressPage {
  readonly title: string
  readonly bodyClass: string
  readonly head: string
  readonly content: string
}

function renderPage(
  { origin, name, language }: DemoSite,
  { title, bodyClass, head, content }: WordpressPage,
): string {
  const site = escapeHtml(name)
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="UTF-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>${title}</title>
<link rel="alternate" type="application/rss+xml" title="${site} &raquo; Feed" href="${origin}/feed/" />
<link rel="alternate" type="application/rss+xml" title="${site} &raquo; Comments Feed" href="${origin}/comments/feed/" />
${head}<link rel="https://api.w.org/" href="${origin}/wp-json/" />
<link rel="stylesheet" id="harbour-style-css" href="${origin}/wp-content/themes/harbour/style.css?ver=1.4" media="all" />
<meta name="generator" content="WordPress 6.8" />
<meta property="og:site_name" content="${site}" />
</head>
<body class="${bodyClass}">
<header class="site-header"><p class="site-title"><a href="${origin}/" rel="home">${site}</a></p>
<nav><ul class="menu"><li><a href="${origin}/sample-page/">Sample Page</a></li></ul></nav></header>
<main id="main" class="site-main">
${content}
</main>
<footer class="site-footer"><a href="${origin}${privatePath}">Notes</a> <a href="https://wordpress.org/">Proudly powered by WordPress</a></footer>
</body>
</html>`
}

/** `archive` is null on the front page; `pages` is the number of listing pages. */
export function renderListing(
  site: DemoSite,
  articles: readonly DemoArticle[],
  { title, base, page, pages }: { title: string | null; base: string; page: number; pages: number },
): string {
  const posts = articles.map((article) => {
    const url = postUrl(site, article)
    return `<article id="post-${article.id}" class="post-${article.id} post type-post status-publish format-standard hentry">
<h2 class="entry-title"><a href="${url}" rel="bookmark">${printText(article.title)}</a></h2>
<div class="entry-summary"><p>${printText(article.paragraphs[0] ?? '')}</p></div>
<span class="comments-link"><a href="${url}#comments">${visibleComments(article).length} Comments</a></span></article>`
  })
  const older =
    page < pages ? `<a class="next page-numbers" href="${base}page/${page + 1}/">Older posts</a>` : ''
  const newer =
    page > 1
      ? `<a class="prev page-numbers" href="${base}${page > 2 ? `page/${page - 1}/` : ''}">Newer posts</a>`
      : ''
  const heading = title === null ? '' : `<h1 class="page-title">${printText(title)}</h1>`
  return renderPage(site, {
    title: `${title === null ? '' : `${printText(title)} &#8211; `}${escapeHtml(site.name)}`,
    bodyClass: title === null ? 'home blog' : 'archive',
    head: '',
    content: `${heading}${posts.join('\n')}<nav class="navigation pagination">${newer}${older}</nav>`,
  })
}

export function renderSamplePage(site: DemoSite): string {
  return renderPage(site, {
    title: `Sample Page &#8211; ${escapeHtml(site.name)}`,
    bodyClass: 'wp-singular page-template-default page page-id-2',
    head: `<link rel="canonical" href="${site.origin}/sample-page/" />\n`,
    content: `<article id="post-2" class="post-2 page type-page status-publish hentry"><h1 class="entry-title">Sample Page</h1>
<div class="entry-content"><p>This is an example page. It stays in one place and shows up in the menu of the site.</p></div></article>`,
  })
}

interface ShownPost {
  /** The comment page; only pages other than the last are named in the address. */
  readonly page: number
  readonly isNamed: boolean
  /** The page of the text. */
  readonly part: number
}

export function renderPost(site: DemoSite, article: DemoArticle, { page, isNamed, part }: ShownPost): string {
  const url = postUrl(site, article)
  const own = isNamed ? `${url}comment-page-${page}/` : part > 1 ? `${url}${part}/` : url
  const paged = part > 1 ? ` paged-${part} single-paged-${part}` : ''
  const title = printText(article.title)
  const categories = `<a href="${site.origin}/category/${article.section.slug}/" rel="category tag">${printText(article.section.name)}</a>`
  const tags = article.tags.map(
    (tag) => `<a href="${site.origin}/tag/${slugOf(tag)}/" rel="tag">${printText(tag)}</a>`,
  )
  const content = `<article id="post-${article.id}" class="post-${article.id} post type-post status-publish format-standard hentry category-${article.section.slug}">
<header class="entry-header"><h1 class="entry-title">${title}</h1>
<div class="entry-meta"><span class="posted-on"><a href="${url}" rel="bookmark"><time class="entry-date published" datetime="${offsetIso(article.publishedAt, site.timezone)}">${longDate(article.publishedAt, site.timezone)}</time></a></span>
<span class="byline">by ${renderByline(site, article)}</span></div></header>
<div class="entry-content">
${printParagraphs(paragraphsOn(article, part))}
${renderTextPager(site, article, part)}</div>
<footer class="entry-footer"><span class="cat-links">${categories}</span> <span class="tags-links">${tags.join(', ')}</span></footer></article>
${renderThread(site, article, page)}`
  return renderPage(site, {
    title: `${title} &#8211; ${part > 1 ? `Page ${part} &#8211; ` : ''}${escapeHtml(site.name)}`,
    bodyClass: `wp-singular post-template-default single single-post postid-${article.id} single-format-standard${paged}`,
    head: renderHead(site, article, own),
    content,
  })
}

/** As `wp_link_pages` prints it. */
function renderTextPager(site: DemoSite, article: DemoArticle, part: number): string {
  const pages = textPages(article)
  if (pages === 1) return ''
  const url = postUrl(site, article)
  const links = Array.from({ length: pages }, (_, index) => {
    const number = index + 1
    return number === part
      ? `<span class="post-page-numbers current" aria-current="page">${number}</span>`
      : `<a href="${url}${number === 1 ? '' : `${number}/`}" class="post-page-numbers">${number}</a>`
  })
  return `<div class="page-links">Pages: ${links.join(' ')}</div>\n`
}

function renderByline(site: DemoSite, { authors }: DemoArticle): string {
  return authors
    .map(
      (author) =>
        `<span class="author vcard"><a class="url fn n" href="${authorUrl(site, author)}">${escapeHtml(author)}</a></span>`,
    )
    .join(' and ')
}

function renderHead(site: DemoSite, article: DemoArticle, canonical: string): string {
  const url = postUrl(site, article)
  const property = (name: string, value: string): string =>
    `<meta property="${name}" content="${escapeHtml(value)}" />`
  return `${[
    `<link rel="canonical" href="${canonical}" />`,
    `<link rel="shortlink" href="${site.origin}/?p=${article.id}" />`,
    `<link rel="alternate" title="JSON" type="application/json" href="${site.origin}/wp-json/wp/v2/posts/${article.id}" />`,
    `<link rel="alternate" type="application/rss+xml" title="${printText(article.title)} Comments Feed" href="${url}feed/" />`,
    property('og:type', 'article'),
    property('og:title', texturize(article.title)),
    property('og:url', url),
    property('article:published_time', offsetIso(article.publishedAt, site.timezone)),
    property('article:modified_time', offsetIso(article.modifiedAt, site.timezone)),
    property('article:section', article.section.name),
    ...article.tags.map((tag) => property('article:tag', tag)),
    ...article.authors.map((author) => `<meta name="author" content="${escapeHtml(author)}" />`),
  ].join('\n')}\n`
}

function renderThread(site: DemoSite, article: DemoArticle, page: number): string {
  const visible = visibleComments(article)
  const form = '<div id="respond" class="comment-respond"><h3 id="reply-title">Leave a Reply</h3></div>'
  if (visible.length === 0) return `<div id="comments" class="comments-area">${form}</div>`
  const thoughts = visible.length === 1 ? 'One thought' : `${visible.length} thoughts`
  const list = renderCommentList(commentListOf(site, article), rootsOn(article, page), visible)
  return `<div id="comments" class="comments-area">
<h2 class="comments-title">${thoughts} on &ldquo;${printText(article.title)}&rdquo;</h2>
${list}
${renderPager(site, article, page)}${form}</div>`
}

/** The last page has the article's own address. */
function renderPager(site: DemoSite, article: DemoArticle, page: number): string {
  const pages = commentPages(article)
  if (pages === 1) return ''
  const url = postUrl(site, article)
  const address = (number: number): string =>
    `${url}${number === pages ? '' : `comment-page-${number}/`}#comments`
  const older =
    page > 1 ? `<div class="nav-previous"><a href="${address(page - 1)}">Older Comments</a></div>` : ''
  const newer =
    page < pages ? `<div class="nav-next"><a href="${address(page + 1)}">Newer Comments</a></div>` : ''
  return `<nav class="navigation comment-navigation" aria-label="Comments"><div class="nav-links">${older}${newer}</div></nav>\n`
}
