import { readClock, two } from './clock.ts'
import { atom, type Feed, jsonFeed, sitemap } from './feeds.ts'
import { html, json, type Reply, reply, type Site, type Visit } from './http.ts'
import { issoReply } from './isso-service.ts'
import { escapeHtml, scriptJson } from './markup.ts'
import { type DemoArticle, type DemoSite, lastChange } from './model.ts'
import { privatePage, privatePath } from './private-corner.ts'

export function issoPath({ timezone }: DemoSite, { publishedAt, slug }: DemoArticle): string {
  const { year, month } = readClock(publishedAt, timezone)
  return `/${year}/${two(month)}/${slug}/`
}

function articleAt(site: DemoSite, path: string): DemoArticle | undefined {
  return site.articles.find(
    (article) => path.endsWith(`/${article.slug}/`) && issoPath(site, article) === path,
  )
}

/** A static blog with JSON-LD and two feeds; its comments come from an Isso service on the same host. */
export function issoSite(site: DemoSite): Site {
  return (visit) =>
    issoReply((path) => articleAt(site, path), visit) ??
    fixedPage(site, visit) ??
    articlePage(site, visit) ??
    reply(404, 'text/html; charset=utf-8', '<!DOCTYPE html><title>Not found</title>')
}

function fixedPage(site: DemoSite, { path }: Visit): Reply | null {
  const lastModified = lastChange(site.articles)
  switch (path) {
    case '/':
      return html(renderIndex(site), lastModified)
    case '/robots.txt':
      return reply(
        200,
        'text/plain',
        `User-agent: *\nDisallow: /private/\n\nSitemap: ${site.origin}/sitemap.xml\n`,
      )
    case '/atom.xml':
      return {
        ...reply(200, 'application/atom+xml', atom(feedOf(site), `${site.origin}/atom.xml`)),
        lastModified,
      }
    case '/feed.json':
      return { ...json(jsonFeed(feedOf(site), `${site.origin}/feed.json`)), lastModified }
    case '/sitemap.xml':
      return reply(200, 'application/xml', sitemapOf(site))
    case privatePath:
      return html(privatePage)
    default:
      return null
  }
}

function feedOf(site: DemoSite): Feed {
  return {
    title: site.name,
    url: `${site.origin}/`,
    language: site.language,
    timezone: site.timezone,
    charset: 'utf-8',
    items: site.articles.slice(0, 20).map((article) => ({
      title: article.title,
      url: `${site.origin}${issoPath(site, article)}`,
      authors: article.authors,
      categories: [article.section.name, ...article.tags],
      publishedAt: article.publishedAt,
      modifiedAt: article.modifiedAt,
      summaryHtml: `<p>${escapeHtml(article.paragraphs[0] ?? '')}</p>`,
    })),
  }
}

function sitemapOf(site: DemoSite): string {
  const articles = site.articles.map((article) => ({
    url: `${site.origin}${issoPath(site, article)}`,
    lastModified: article.modifiedAt.toISOString(),
  }))
  return sitemap('urlset', [{ url: `${site.origin}/` }, ...articles])
}

function renderPage(
  { name, language, origin }: DemoSite,
  title: string,
  head: string,
  content: string,
): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<link rel="alternate" type="application/atom+xml" title="${escapeHtml(name)}" href="${origin}/atom.xml">
<link rel="alternate" type="application/feed+json" title="${escapeHtml(name)}" href="${origin}/feed.json">
${head}</head>
<body>
<header><a href="/">${escapeHtml(name)}</a></header>
<main>
${content}
</main>
<footer><a href="${privatePath}">Notes</a></footer>
</body>
</html>`
}

function renderIndex(site: DemoSite): string {
  const items = site.articles.map(
    (article) =>
      `<li><a href="${issoPath(site, article)}">${escapeHtml(article.title)}</a> <time datetime="${article.publishedAt.toISOString()}">${article.publishedAt.toISOString().slice(0, 10)}</time></li>`,
  )
  return renderPage(
    site,
    site.name,
    '',
    `<h1>${escapeHtml(site.name)}</h1><ul class="posts">${items.join('\n')}</ul>`,
  )
}

function articlePage(site: DemoSite, { path }: Visit): Reply | null {
  const article = articleAt(site, path)
  if (!article) return null
  const url = `${site.origin}${path}`
  const head = `<link rel="canonical" href="${url}">
<meta property="og:type" content="article">
<meta property="og:title" content="${escapeHtml(article.title)}">
<script type="application/ld+json">${scriptJson(structuredData(site, article, url))}</script>
`
  const paragraphs = article.paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`)
  const content = `<article>
<h1>${escapeHtml(article.title)}</h1>
<p class="byline">By ${escapeHtml(article.authors.join(' and '))}, <time datetime="${article.publishedAt.toISOString()}">${article.publishedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC</time></p>
<div class="prose">
${paragraphs.join('\n')}
</div>
<p class="tags">${article.tags.map((tag) => `<span>${escapeHtml(tag)}</span>`).join(' ')}</p>
</article>
<section id="isso-thread" data-isso-id="${path}" data-title="${escapeHtml(article.title)}"><noscript>Comments need JavaScript.</noscript></section>
<script data-isso="/isso/" data-isso-css="true" data-isso-max-comments-top="10" data-isso-max-comments-nested="5" src="/isso/js/embed.min.js" async></script>`
  // Comments are not in the page, so that only the article's own change makes it a new one.
  return html(renderPage(site, `${article.title} · ${site.name}`, head, content), article.modifiedAt)
}

function structuredData(site: DemoSite, article: DemoArticle, url: string): unknown {
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': url,
    mainEntityOfPage: url,
    headline: article.title,
    datePublished: article.publishedAt.toISOString(),
    dateModified: article.modifiedAt.toISOString(),
    inLanguage: site.language,
    articleSection: article.section.name,
    keywords: article.tags,
    author: article.authors.map((name) => ({ '@type': 'Person', name })),
    publisher: { '@type': 'Organization', name: site.name },
  }
}
