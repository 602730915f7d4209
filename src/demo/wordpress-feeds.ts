import { offsetIso } from './clock.ts'
import { type FeedItem, rss, sitemap, type SitemapEntry } from './feeds.ts'
import { slugOf } from './lexicon.ts'
import { type DemoArticle, type DemoSite, lastChange, visibleComments } from './model.ts'
import { renderContent } from './wordpress-comments.ts'
import { authorUrl, commentUrl, postUrl } from './wordpress-threads.ts'
import { printParagraphs, texturize } from './wordpress-typography.ts'

const feedSize = 10

function feed(site: DemoSite, title: string, url: string, items: readonly FeedItem[]): string {
  return rss({ title, url, language: site.language, timezone: 'UTC', charset: 'utf-8', items })
}

/** `/feed/`: the newest posts, with the number of their comments. */
export function postFeed(site: DemoSite): string {
  const items = site.articles.slice(0, feedSize).map((article) => ({
    title: texturize(article.title),
    url: postUrl(site, article),
    guid: `${site.origin}/?p=${article.id}`,
    authors: article.authors.slice(0, 1),
    categories: [article.section.name, ...article.tags],
    publishedAt: article.publishedAt,
    modifiedAt: article.modifiedAt,
    summaryHtml: printParagraphs(article.paragraphs.slice(0, 1)),
    contentHtml: printParagraphs(article.paragraphs),
    commentCount: visibleComments(article).length,
    commentFeed: `${postUrl(site, article)}feed/`,
  }))
  return feed(site, site.name, `${site.origin}/`, items)
}

function commentItems(site: DemoSite, articles: readonly DemoArticle[], named: boolean): FeedItem[] {
  return articles
    .flatMap((article) => visibleComments(article).map((comment) => ({ article, comment })))
    .toSorted((one, other) => other.comment.id - one.comment.id)
    .slice(0, feedSize)
    .map(({ article, comment }) => ({
      title: named
        ? `Comment on ${texturize(article.title)} by ${comment.author.name}`
        : `By: ${comment.author.name}`,
      url: commentUrl(site, article, comment),
      guid: `${postUrl(site, article)}#comment-${comment.id}`,
      authors: [comment.author.name],
      categories: [],
      publishedAt: comment.publishedAt,
      modifiedAt: comment.publishedAt,
      summaryHtml: texturize(comment.paragraphs.join(' ')),
      contentHtml: renderContent(comment),
    }))
}

/** The newest comments of one post: no parents, pings among them. */
export function commentFeed(site: DemoSite, article: DemoArticle): string {
  const title = `Comments on: ${texturize(article.title)}`
  return feed(site, title, postUrl(site, article), commentItems(site, [article], false))
}

export function siteCommentFeed(site: DemoSite): string {
  return feed(site, `Comments for ${site.name}`, `${site.origin}/`, commentItems(site, site.articles, true))
}

/** `/wp-sitemap.xml` and the five sitemaps that it lists; null for any other path. */
export function wordpressSitemap(site: DemoSite, path: string): string | null {
  const { origin, timezone, articles } = site
  const unique = (urls: readonly string[]): SitemapEntry[] => [...new Set(urls)].map((url) => ({ url }))
  const maps: Record<string, () => readonly SitemapEntry[]> = {
    '/wp-sitemap-posts-post-1.xml': () =>
      articles.map((article) => ({
        url: postUrl(site, article),
        lastModified: offsetIso(article.modifiedAt, timezone),
      })),
    '/wp-sitemap-posts-page-1.xml': () => [
      { url: `${origin}/`, lastModified: offsetIso(lastChange(articles), timezone) },
      { url: `${origin}/sample-page/` },
    ],
    '/wp-sitemap-taxonomies-category-1.xml': () =>
      unique(articles.map(({ section }) => `${origin}/category/${section.slug}/`)),
    '/wp-sitemap-taxonomies-post_tag-1.xml': () =>
      unique(articles.flatMap(({ tags }) => tags.map((tag) => `${origin}/tag/${slugOf(tag)}/`))),
    '/wp-sitemap-users-1.xml': () =>
      unique(articles.flatMap(({ authors }) => authors.map((author) => authorUrl(site, author)))),
  }
  if (path === '/wp-sitemap.xml')
    return sitemap('sitemapindex', unique(Object.keys(maps).map((map) => `${origin}${map}`)))
  const entries = maps[path]
  return entries ? sitemap('urlset', entries()) : null
}
