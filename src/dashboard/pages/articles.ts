import { html } from 'hono/html'
import {
  type ArticleLine,
  findLikeTitles,
  type FoundArticle,
  RANKED_ARTICLES,
  readArticles,
  searchArticles,
} from '../../db/reading/article-list.ts'
import { ago, count } from '../figures.ts'
import { foreign, href, type Markup, marked, siteLink } from '../markup.ts'
import type { MakePage, PageRequest } from '../page.ts'
import { filters, textField } from '../parts/filters.ts'
import { FOUND, PAGE, pager, withOneMore } from '../parts/pager.ts'
import { rankedBy } from '../parts/ranked.ts'
import { type Column, table } from '../parts/table.ts'

/** Articles, those found last first, or those that have the words, best first; by site. */
export const articlesPage: MakePage = async (request) => {
  const [siteId, words] = [request.query.text('site'), request.query.text('words')]
  return {
    title: 'Articles',
    body: html`<h1>Articles</h1>
      ${filters('/articles', [textField('words', 'Words', words), textField('site', 'Site', siteId)])}
      ${words === null ? await newest(request, siteId) : await found(request, words, siteId)}`,
  }
}

async function newest({ db, now, query }: PageRequest, siteId: string | null): Promise<Markup> {
  const before = query.whole('before')
  const articles = await readArticles(db, { siteId, before }, withOneMore)
  const shown = articles.slice(0, PAGE)
  const here = { site: siteId }
  const next =
    articles.length > PAGE ? href('/articles', { ...here, before: shown.at(-1)?.id ?? null }) : null
  return html`${table('Articles, those found last first', articleColumns(now), shown, 'No article matches.')}
  ${pager(before === null ? null : href('/articles', here), next)}`
}

/** Few show that nobody has the words; then headlines that are like them may be what is meant. */
const MOST_LIKE = 10

async function found({ db, now, query }: PageRequest, words: string, siteId: string | null): Promise<Markup> {
  const offset = Math.max(0, query.whole('from') ?? 0)
  const search = await searchArticles(db, { words, siteId, offset }, FOUND + 1)
  const articles = search.lines
  const shown = articles.slice(0, FOUND)
  const here = { words, site: siteId }
  const next = articles.length > FOUND ? href('/articles', { ...here, from: offset + FOUND }) : null
  const like =
    articles.length > 0 || offset > 0 || siteId !== null ? [] : await findLikeTitles(db, words, MOST_LIKE)
  return html`${rankedBy(search, RANKED_ARTICLES)}
  ${table('Articles that have the words, best first', foundColumns(now), shown, 'No article has these words.')}
  ${
    like.length === 0
      ? ''
      : html`<h2>Headlines that are like them</h2>
          ${table('Articles whose headline is like the words', articleColumns(now), like)}`
  }
  ${pager(offset === 0 ? null : href('/articles', here), next)}`
}

export const articleColumns = (now: Date): Column<ArticleLine>[] => [
  { head: 'Article', cell: headline },
  ...factColumns(now),
]

const foundColumns = (now: Date): Column<FoundArticle>[] => [
  {
    head: 'Article',
    cell: (article) =>
      html`${headline(article)}
        <p class="reason">${marked(article.highlights)}</p>`,
  },
  ...factColumns(now),
]

const headline = ({ id, title, goneAt, revision }: ArticleLine): Markup =>
  html`<a href="${`/articles/${id}`}">${foreign(title ?? 'without a headline')}</a>
    ${revision > 1 ? html` <span class="label">version ${revision}</span>` : ''}${goneAt === null ? '' : html` <span class="label">gone</span>`}`

const factColumns = (now: Date): Column<ArticleLine>[] => [
  { head: 'Site', cell: ({ siteId }) => siteLink(siteId) },
  { head: 'Published', cell: ({ publishedAt }) => ago(publishedAt, now) },
  { head: 'Found', cell: ({ firstSeenAt }) => ago(firstSeenAt, now), isExtra: true },
  { head: 'Comments', align: 'right', cell: ({ comments }) => count(comments) },
  { head: 'Threads', cell: ({ isComplete }) => (isComplete ? 'complete' : 'incomplete'), isExtra: true },
]
