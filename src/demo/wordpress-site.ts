import { slugOf } from './lexicon.ts'
import { html, redirect, type Reply, reply, type Site, type Visit } from './http.ts'
import { type DemoArticle, type DemoSite, lastChange, pageCount, pageOf } from './model.ts'
import { privatePage, privatePath } from './private-corner.ts'
import { commentFeed, postFeed, siteCommentFeed, wordpressSitemap } from './wordpress-feeds.ts'
import { renderListing, renderPost, renderSamplePage } from './wordpress-pages.ts'
import { restReply } from './wordpress-rest.ts'
import { commentPages, postUrl, textPages } from './wordpress-threads.ts'

const listSize = 10

/** A site in the shape of WordPress behind a page cache: validators on pages, REST, comment pages. */
export function wordpressSite(site: DemoSite): Site {
  return (visit) => {
    const given =
      restPage(site, visit) ?? fixedPage(site, visit) ?? postPage(site, visit) ?? listPage(site, visit)
    const found =
      given ?? reply(404, 'text/html; charset=UTF-8', '<!DOCTYPE html><title>Page not found</title>')
    const link = `<${site.origin}/wp-json/>; rel="https://api.w.org/"`
    return { ...found, headers: { link, ...found.headers } }
  }
}

function restPage(site: DemoSite, visit: Visit): Reply | null {
  const route = visit.query.get('rest_route')
  if (route !== null) return restReply(site, route, visit)
  return visit.path.startsWith('/wp-json')
    ? restReply(site, visit.path.slice('/wp-json'.length), visit)
    : null
}

function fixedPage(site: DemoSite, { path, query }: Visit): Reply | null {
  const changed = lastChange(site.articles)
  const xml = (body: string): Reply => ({
    ...reply(200, 'application/rss+xml; charset=UTF-8', body),
    lastModified: changed,
  })
  const shortlink = site.articles.find(({ id }) => id === Number(query.get('p')))
  if (path === '/' && shortlink) return redirect(postUrl(site, shortlink))
  const map = wordpressSitemap(site, path)
  if (map !== null) return reply(200, 'application/xml; charset=UTF-8', map)
  switch (path) {
    case '/robots.txt':
      return reply(200, 'text/plain; charset=utf-8', robots(site))
    case '/feed/':
      return xml(postFeed(site))
    case '/comments/feed/':
      return xml(siteCommentFeed(site))
    case '/sample-page/':
      return html(renderSamplePage(site), site.articles.at(-1)?.publishedAt)
    case privatePath:
      return html(privatePage)
    default:
      return null
  }
}

function robots({ origin }: DemoSite): string {
  return `User-agent: *
Disallow: /wp-admin/
Allow: /wp-admin/admin-ajax.php
Disallow: /private/

Sitemap: ${origin}/wp-sitemap.xml
`
}

/** `/2026/03/02/slug/`, the further pages of its text, its comment pages and its feed of comments. */
function postPage(site: DemoSite, { path }: Visit): Reply | null {
  const match =
    /^(?<post>\/\d{4}\/\d{2}\/\d{2}\/(?<slug>[\w-]+))(?:\/(?<feed>feed)|\/comment-page-(?<page>\d+)|\/(?<part>\d+))?(?<end>\/?)$/.exec(
      path,
    )
  const { post = '', slug, feed, page, part, end } = match?.groups ?? {}
  const article = site.articles.find(
    (candidate) => candidate.slug === slug && postUrl(site, candidate) === `${site.origin}${post}/`,
  )
  if (!article) return null
  if (end === '') return redirect(`${site.origin}${path}/`)
  const lastModified = article.changedAt
  if (feed !== undefined) {
    return { ...reply(200, 'application/rss+xml; charset=UTF-8', commentFeed(site, article)), lastModified }
  }
  if (part !== undefined) return textPage(site, article, Number(part))
  const last = commentPages(article)
  const number = page === undefined ? last : Number(page)
  if (number < 1 || number > last) return null
  const shown = { page: number, isNamed: page !== undefined, part: 1 }
  return html(renderPost(site, article, shown), lastModified)
}

/** A further page of the text, with the thread under it. Numbers that it has no page for lead to the post. */
function textPage(site: DemoSite, article: DemoArticle, part: number): Reply {
  if (part < 2 || part > textPages(article)) return redirect(postUrl(site, article))
  const shown = { page: commentPages(article), isNamed: false, part }
  return html(renderPost(site, article, shown), article.changedAt)
}

/** The front page, and the archives of categories, tags and authors. */
function listPage(site: DemoSite, { path }: Visit): Reply | null {
  const match = /^\/(?:(category|tag|author)\/([\w-]+)\/)?(?:page\/(\d+)\/)?$/.exec(path)
  if (!match) return null
  const [, kind, slug, number] = match
  const listed =
    kind === undefined ? site.articles : site.articles.filter((article) => isListed(article, kind, slug))
  const page = Number(number ?? 1)
  const pages = pageCount(listed, listSize)
  if (listed.length === 0 || page < 1 || page > pages) return null
  const base = `${site.origin}/${kind === undefined ? '' : `${kind}/${slug}/`}`
  const title = kind === undefined ? null : archiveTitle(listed[0], kind, slug ?? '')
  return html(
    renderListing(site, pageOf(listed, page, listSize), { title, base, page, pages }),
    lastChange(site.articles),
  )
}

function isListed({ section, tags, authors }: DemoArticle, kind: string, slug: string | undefined): boolean {
  if (kind === 'category') return section.slug === slug
  return (kind === 'tag' ? tags : authors).some((name) => slugOf(name) === slug)
}

function archiveTitle(article: DemoArticle | undefined, kind: string, slug: string): string {
  if (!article) return slug
  if (kind === 'category') return `Category: ${article.section.name}`
  const name = [...article.tags, ...article.authors].find((candidate) => slugOf(candidate) === slug) ?? slug
  return kind === 'tag' ? `Tag: ${name}` : name
}
