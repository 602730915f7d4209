import { localIso } from './clock.ts'
import { commentPages, type DleView, renderComments } from './dle-comments.ts'
import { dleDate } from './dle-dialect.ts'
import { escapeHtml } from './markup.ts'
import { type DemoArticle, visibleComments } from './model.ts'
import { privatePath } from './private-corner.ts'

interface DlePage {
  readonly title: string
  readonly url: string
  readonly head?: string
  readonly content: string
}

export function dleUrl({ site }: Pick<DleView, 'site'>, article: DemoArticle): string {
  return `${site.origin}/${article.id}-${article.slug}.html`
}

function commentPageUrl({ site }: DleView, { id, slug }: DemoArticle, page: number): string {
  return `${site.origin}/page,1,${page},${id}-${slug}.html`
}

/** The frame of every page: the engine's own marks in the head, a menu, a side column. */
export function renderPage(view: DleView, { title, url, head = '', content }: DlePage): string {
  const { site, dialect } = view
  const name = escapeHtml(site.name)
  const sections = site.lexicon.sections.map(
    (section) => `<li><a href="${site.origin}/${section.slug}/">${escapeHtml(section.name)}</a></li>`,
  )
  const popular = site.articles
    .slice(-4)
    .map((article) => `<li><a href="${dleUrl(view, article)}">${escapeHtml(article.title)}</a></li>`)
  return `<!DOCTYPE html>
<html lang="${site.language}">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=${dialect.charset}">
<title>${escapeHtml(title)} &raquo; ${name}</title>
<meta name="generator" content="${dialect.engine}">
<meta property="og:site_name" content="${name}">
${head}<link rel="canonical" href="${url}">
<link rel="search" type="application/opensearchdescription+xml" href="${site.origin}/engine/opensearch.php" title="${name}">
<link rel="alternate" type="application/rss+xml" title="${name}" href="${site.origin}/rss.xml">
<script src="/engine/classes/js/dle_js.js"></script>
<link href="/templates/${dialect.skin}/style/styles.css" rel="stylesheet">
</head>
<body>
<script>
var dle_root = '/'; var dle_admin = ''; var dle_login_hash = ''; var dle_group = 5; var dle_skin = '${dialect.skin}';
</script>
<header><a href="${site.origin}/">${name}</a><nav><ul>${sections.join('')}</ul></nav></header>
<div id="dle-content">${content}</div>
<aside class="side"><h4>${dialect.words.popular}</h4><ul>${popular.join('')}</ul>
<a href="${site.origin}${privatePath}">&copy; ${name}</a></aside>
</body>
</html>`
}

export function renderTeasers(view: DleView, articles: readonly DemoArticle[], pager: string): string {
  const { site, dialect, at } = view
  const teasers = articles.map((article) => {
    const url = dleUrl(view, article)
    const date = dleDate(article.publishedAt, at, site.timezone, dialect, ',')
    return `<article class="post shortstory"><h2 class="post__title"><a href="${url}">${escapeHtml(article.title)}</a></h2>
<div class="post__meta">${date} <a href="${url}#comment">${dialect.words.comments}: ${visibleComments(article).length}</a></div>
<div class="post__text">${escapeHtml(article.paragraphs[0] ?? '')}</div><a href="${url}">${dialect.words.more}</a></article>`
  })
  return `${teasers.join('\n')}${pager}`
}

/** One comment page of an article; the article's text is on each of them. `views` counts fetches. */
export function renderArticle(view: DleView, article: DemoArticle, page: number, views: number): string {
  const { dialect } = view
  const url = dleUrl(view, article)
  const total = visibleComments(article).length
  const count = String(total).replace(/\B(?=(?:\d{3})+$)/g, ' ')
  const head = `<meta name="description" content="${escapeHtml(article.paragraphs[0]?.slice(0, 180) ?? '')}">
<meta name="keywords" content="${escapeHtml(article.tags.join(', '))}">
<meta property="og:type" content="article">
<meta property="og:title" content="${escapeHtml(article.title)}">
<meta property="og:url" content="${url}">
<meta property="og:image" content="${view.site.origin}/uploads/posts/${article.id}.jpg">
`
  const content = `${renderStory(view, article, views)}
<div class="comments-head"><a id="dle-comm-link" href="${url}#comment">${dialect.words.comments} (${count})</a></div>
${renderThread(view, article, page)}
<div class="berrors">${dialect.words.notice}</div>`
  return renderPage(view, {
    title: article.title,
    url: page === 1 ? url : commentPageUrl(view, article, page),
    head,
    content,
  })
}

function renderStory(view: DleView, article: DemoArticle, views: number): string {
  const { site, dialect, at } = view
  const { words } = dialect
  const date = dleDate(article.publishedAt, at, site.timezone, dialect, ',')
  const time = dialect.isTree
    ? `<time class="post__meta_time" datetime="${localIso(article.publishedAt, site.timezone).slice(0, 16)}">${date}</time>`
    : `<span class="date">${date}</span>`
  const tags = article.tags.map(
    (tag) => `<a href="${site.origin}/tags/${encodeURIComponent(tag)}/">${escapeHtml(tag)}</a>`,
  )
  const section = `<a href="${site.origin}/${article.section.slug}/">${escapeHtml(article.section.name)}</a>`
  return `<div class="speedbar"><a href="${site.origin}/">${escapeHtml(site.name)}</a> &raquo; ${section} &raquo; ${escapeHtml(article.title)}</div>
<article class="fullstory"><h1>${escapeHtml(article.title)}</h1>
<div class="meta">${time} <span class="category">${section}</span> <span class="author">${words.author}: ${escapeHtml(article.authors.join(', '))}</span> <span class="views">${words.views}: ${views}</span></div>
<div id="news-id-${article.id}" class="showfull__content">${renderStoryText(view, article)}
<div class="related-news"><h4>${words.related}:</h4><ul>${renderRelated(view, article)}</ul></div></div>
<div class="tags">${tags.join(', ')}</div></article>`
}

/** The old editor separates paragraphs by empty lines, the new one by elements; an advertisement is between. */
function renderStoryText({ dialect }: DleView, article: DemoArticle): string {
  const banner = `<div class="banner-block"><a href="https://advertiser.example/?campaign=${article.id}" rel="nofollow">${dialect.words.advertisement}</a></div>`
  const paragraphs = article.paragraphs.map((paragraph) => escapeHtml(paragraph))
  const [first = '', second = '', ...rest] = dialect.isTree
    ? paragraphs.map((paragraph, index) => (index === 0 ? paragraph : `<br><br>${paragraph}`))
    : paragraphs.map((paragraph) => `<p>${paragraph}</p>`)
  return [first, second, banner, ...rest].join('\n')
}

function renderRelated(view: DleView, article: DemoArticle): string {
  return view.site.articles
    .filter((other) => other !== article && other.section === article.section)
    .slice(0, 4)
    .map((other) => `<li><a href="${dleUrl(view, other)}">${escapeHtml(other.title)}</a></li>`)
    .join('')
}

function renderThread(view: DleView, article: DemoArticle, page: number): string {
  const pages = commentPages(view, article)
  const list = visibleComments(article).length > 0 ? renderComments(view, article, page) : ''
  const further = view.dialect.isTree
    ? renderNavigation(view, article, page)
    : renderLoader(article, page, pages)
  return `<form method="post" name="dlemasscomments" id="dlemasscomments"><div id="dle-comments-list">
<div id="comment"></div>${list}<div id="dle-ajax-comments"></div></div></form>${further}`
}

/** Links to the other comment pages; the current one is bare, and long runs are cut by a gap. */
export function renderNavigation(view: DleView, article: DemoArticle, page: number): string {
  const pages = commentPages(view, article)
  if (pages === 1) return ''
  const shown = [...new Set([1, page - 2, page - 1, page, page + 1, page + 2, pages])]
    .filter((number) => number >= 1 && number <= pages)
    .toSorted((one, other) => one - other)
  const links = shown.map((number, index) => {
    const gap = number - (shown[index - 1] ?? 0) > 1 ? '<span class="nav_ext">...</span> ' : ''
    if (number === page) return `${gap}<span>${number}</span>`
    const url = number === 1 ? dleUrl(view, article) : commentPageUrl(view, article, number)
    return `${gap}<a href="${url}#comment" onclick="CommentsPage('${number}', '${article.id}', '${url}'); return false;">${number}</a>`
  })
  return `<div class="dle-comments-navigation"><div class="navigation">${links.join(' ')}</div></div>`
}

function renderLoader({ id }: DemoArticle, page: number, pages: number): string {
  if (pages === 1) return ''
  return `<div class="ajax_comments_area"><div class="ajax_loaded_comments"></div><div class="ajax_comments_next"></div></div>
<script>
var dle_news_id = '${id}'; var total_comments_pages = '${pages}'; var current_comments_page = '${page}';
</script>`
}
