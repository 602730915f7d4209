import { localIso } from './clock.ts'
import { commentPages, type DleView, renderComments } from './dle-comments.ts'
import type { DleDialect } from './dle-dialect.ts'
import { dleUrl, renderArticle, renderNavigation, renderPage, renderTeasers } from './dle-pages.ts'
import { rss, sitemap } from './feeds.ts'
import { json, redirect, type Reply, reply, type Site, type Visit } from './http.ts'
import { escapeHtml } from './markup.ts'
import { type DemoArticle, type DemoSite, pageCount, pageOf } from './model.ts'
import { privatePage, privatePath } from './private-corner.ts'
import { createRandom } from './random.ts'
import { encodeWindows1251 } from './windows-1251.ts'

const listSize = 10
const feedSize = 15

/**
 * A site in the shape of DataLife Engine: no validators, a view counter and presence words that differ
 * at every fetch, the charset named only inside the page.
 */
export function dleSite(site: DemoSite, dialect: DleDialect): Site {
  const views = new Map<number, number>()
  let visits = 0
  const countView = ({ id }: DemoArticle): number => {
    const count = (views.get(id) ?? id % 700) + 1
    views.set(id, count)
    return count
  }
  return (visit) => {
    visits += 1
    const random = createRandom(visits)
    const view: DleView = { site, dialect, at: visit.at, isOnline: () => random.chance(0.4) }
    return (
      fixedPage(view, visit) ??
      articlePage(view, visit, countView) ??
      listPage(view, visit) ??
      notFound(view, visit)
    )
  }
}

function encode({ dialect }: DleView, text: string): string | Buffer {
  return dialect.charset === 'windows-1251' ? encodeWindows1251(text) : text
}

function page(view: DleView, body: string, status = 200): Reply {
  return reply(status, 'text/html', encode(view, body))
}

function notFound(view: DleView, { path }: Visit): Reply {
  const content = '<div class="berrors"><b>404</b></div>'
  return page(
    view,
    renderPage(view, { title: '404', url: `${view.site.origin}${encodeURI(path)}`, content }),
    404,
  )
}

function fixedPage(view: DleView, visit: Visit): Reply | null {
  switch (visit.path) {
    case '/robots.txt':
      return reply(200, 'text/plain', robots(view))
    case '/rss.xml':
      return reply(200, 'application/rss+xml', encode(view, feed(view)))
    case '/sitemap.xml':
      return reply(200, 'application/xml', sitemapOf(view))
    case '/engine/ajax/comments.php':
      return view.dialect.isTree ? commentList(view, visit) : null
    case '/index.php':
      return view.dialect.isTree ? null : commentList(view, visit)
    case privatePath:
      return reply(200, 'text/html', privatePage)
    default:
      return null
  }
}

/** The lists that the engine's robots.txt names by default, our own corner, and the sitemap. */
function robots({ site }: DleView): string {
  const closed = ['/engine/go.php', '/user/', '/newposts/', '/statistics.html', '/private/']
  const actions = [
    'subaction=userinfo',
    'subaction=newposts',
    'do=lastcomments',
    'do=feedback',
    'do=register',
  ]
  const rules = [...closed, ...actions.map((action) => `/*${action}`)].map((path) => `Disallow: ${path}`)
  return `User-agent: *\n${rules.join('\n')}\nSitemap: ${site.origin}/sitemap.xml\n`
}

function feed(view: DleView): string {
  const { site, dialect } = view
  return rss({
    title: site.name,
    url: `${site.origin}/`,
    language: site.language,
    timezone: site.timezone,
    charset: dialect.charset,
    items: site.articles.slice(0, feedSize).map((article) => ({
      title: article.title,
      url: dleUrl(view, article),
      authors: article.authors,
      categories: [article.section.name],
      publishedAt: article.publishedAt,
      modifiedAt: article.modifiedAt,
      summaryHtml: escapeHtml(article.paragraphs[0] ?? ''),
    })),
  })
}

function sitemapOf(view: DleView): string {
  const { site } = view
  const sections = site.lexicon.sections.map(({ slug }) => ({ url: `${site.origin}/${slug}/` }))
  const articles = site.articles.map((article) => ({
    url: dleUrl(view, article),
    lastModified: localIso(article.modifiedAt, site.timezone).slice(0, 10),
  }))
  return sitemap('urlset', [{ url: `${site.origin}/` }, ...sections, ...articles])
}

/** `/page,1,3,4123-slug.html` is the third comment page of article 4123. */
function articlePage(
  view: DleView,
  { path }: Visit,
  countView: (article: DemoArticle) => number,
): Reply | null {
  const match = /^\/(?:page,1,(\d+),)?(\d+)-([\w-]+)\.html$/.exec(path)
  const article = view.site.articles.find(({ id }) => id === Number(match?.[2]))
  if (!match || !article) return null
  const number = Number(match[1] ?? 1)
  const isRight = match[3] === article.slug && number >= 1 && number <= commentPages(view, article)
  if (!isRight) return redirect(dleUrl(view, article))
  const views = match[1] === undefined ? countView(article) : article.id % 700
  return page(view, renderArticle(view, article, number, views))
}

function listPage(view: DleView, { path }: Visit): Reply | null {
  const { site } = view
  const match = /^\/(?:([a-z]+)\/)?(?:page\/(\d+)\/)?$/.exec(path)
  const section = site.lexicon.sections.find(({ slug }) => slug === match?.[1])
  if (!match || (match[1] !== undefined && !section)) return null
  const listed = section ? site.articles.filter((article) => article.section === section) : site.articles
  const number = Number(match[2] ?? 1)
  const pages = pageCount(listed, listSize)
  if (number < 1 || number > pages) return null
  const base = `${site.origin}/${section ? `${section.slug}/` : ''}`
  const links = Array.from({ length: pages }, (_, index) => index + 1).map((other) =>
    other === number
      ? `<span>${other}</span>`
      : `<a href="${base}${other === 1 ? '' : `page/${other}/`}">${other}</a>`,
  )
  const pager = pages > 1 ? `<div class="navigation">${links.join(' ')}</div>` : ''
  const content = renderTeasers(view, pageOf(listed, number, listSize), pager)
  return page(
    view,
    renderPage(view, { title: section?.name ?? site.name, url: `${site.origin}${path}`, content }),
  )
}

/** What the engine's script loads: markup of one comment page inside JSON, always in UTF-8. */
function commentList(view: DleView, { query, path }: Visit): Reply | null {
  const isAsked =
    path !== '/index.php' || (query.get('controller') === 'ajax' && query.get('mod') === 'comments')
  if (!isAsked) return null
  const article = view.site.articles.find(({ id }) => id === Number(query.get('news_id')))
  const number = Number(query.get('cstart') ?? 1)
  if (!article || number < 1 || number > commentPages(view, article)) {
    return json({ navigation: '', comments: '' })
  }
  const comments = renderComments(view, article, number)
  return json({ navigation: renderNavigation(view, article, number), comments })
}
