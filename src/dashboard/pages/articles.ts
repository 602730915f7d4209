import { html } from 'hono/html'
import { type ArticleLine, readArticles, SEARCHED_ARTICLES } from '../../db/reading/article-list.ts'
import { ago, count, number } from '../figures.ts'
import { foreign, href, siteLink } from '../markup.ts'
import type { MakePage } from '../page.ts'
import { filters, textField } from '../parts/filters.ts'
import { PAGE, pager, withOneMore } from '../parts/pager.ts'
import { type Column, table } from '../parts/table.ts'

/** Articles, those found last first, by site and words. */
export const articlesPage: MakePage = async ({ db, now, query }) => {
  const [siteId, words, before] = [query.text('site'), query.text('words'), query.whole('before')]
  const articles = await readArticles(db, { siteId, words, before }, withOneMore)
  const shown = articles.slice(0, PAGE)
  const here = { site: siteId, words }
  const next =
    articles.length > PAGE ? href('/articles', { ...here, before: shown.at(-1)?.id ?? null }) : null
  return {
    title: 'Articles',
    body: html`<h1>Articles</h1>
      ${filters('/articles', [textField('words', 'Words', words), textField('site', 'Site', siteId)])}
      ${words === null ? '' : html`<p>Looked for among the ${number(SEARCHED_ARTICLES)} articles found last.</p>`}
      ${table('Articles, those found last first', articleColumns(now), shown, 'No article matches.')}
      ${pager(before === null ? null : href('/articles', here), next)}`,
  }
}

export const articleColumns = (now: Date): Column<ArticleLine>[] => [
  {
    head: 'Article',
    cell: ({ id, title, goneAt, revision }) =>
      html`<a href="${`/articles/${id}`}">${foreign(title ?? 'without a headline')}</a>
        ${revision > 1 ? html` <span class="label">version ${revision}</span>` : ''}${goneAt === null ? '' : html` <span class="label">gone</span>`}`,
  },
  { head: 'Site', cell: ({ siteId }) => siteLink(siteId) },
  { head: 'Published', cell: ({ publishedAt }) => ago(publishedAt, now) },
  { head: 'Found', cell: ({ firstSeenAt }) => ago(firstSeenAt, now), isExtra: true },
  { head: 'Comments', align: 'right', cell: ({ comments }) => count(comments) },
  { head: 'Threads', cell: ({ isComplete }) => (isComplete ? 'complete' : 'incomplete'), isExtra: true },
]
