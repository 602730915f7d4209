import { html } from 'hono/html'
import { articleFields } from '../../extractors/article/article.ts'
import { findArticleId, type HeldArticle, readArticle } from '../../db/reading/article-page.ts'
import { readStoredPage } from '../../db/reading/stored-page.ts'
import { decodeBytes } from '../../normalise/charset.ts'
import { exactly, octets } from '../figures.ts'
import { foreign, type Markup, outward, siteLink } from '../markup.ts'
import { type MakePage, notFound, wholeOf } from '../page.ts'
import { type Column, table } from '../parts/table.ts'

const MOST_SOURCE = 60_000
const MOST_TEXT = 20_000

/** A stored page beside what was taken from it. */
export const storedPage: MakePage = async ({ db, parameter }) => {
  const id = wholeOf(parameter('page'))
  const page = id === null ? null : await readStoredPage(db, id)
  if (page === null) return notFound('This page is no longer stored.')
  const articleId = await findArticleId(db, page.siteId, page.urlHash)
  const article = articleId === null ? null : await readArticle(db, articleId)
  const { text, charset } = decodeBytes(page.body, page.headers['content-type'] ?? null)
  const isMarkup = /^\s*</.test(text)
  return {
    title: `Stored page ${page.id}`,
    body: html`<h1>Stored page and what was taken</h1>
      <dl class="facts">
        <dt>Address</dt>
        <dd>${outward(page.url)}</dd>
        <dt>Site</dt>
        <dd>${siteLink(page.siteId)}</dd>
        <dt>Fetched</dt>
        <dd>
          ${exactly(page.fetchedAt)}, status ${page.status}, ${page.kind}, ${octets(page.body.length)},
          ${charset}
        </dd>
      </dl>
      <div class="columns">
        <section>
          <h2>The page</h2>
          ${
            page.body.length === 0
              ? html`<p class="empty">The page asked not to be kept, so its bytes are not here.</p>`
              : html`${isMarkup ? html`<iframe src="${`/pages/${page.id}/body`}" title="The stored page, without scripts and pictures" sandbox referrerpolicy="no-referrer"></iframe>` : ''}${source(text, isMarkup)}`
          }
        </section>
        <section>
          <h2>What was taken</h2>
          ${article === null ? html`<p class="empty">No article is held under this address.</p>` : taken(article)}
        </section>
      </div>`,
  }
}

const source = (text: string, isFolded: boolean): Markup =>
  html`<details ${isFolded ? '' : 'open'}>
    <summary>Source</summary>
    <pre class="source" tabindex="0" dir="auto">
${text.slice(0, MOST_SOURCE)}${text.length > MOST_SOURCE ? '\n…' : ''}</pre>
  </details>`

interface Field {
  readonly name: string
  readonly value: string
  readonly rule: string
}

const columns: Column<Field>[] = [
  { head: 'Field', cell: ({ name }) => name },
  {
    head: 'Value',
    cell: ({ value }) =>
      value === ''
        ? html`<span class="faint">–</span>`
        : html`<span class="words" dir="auto">${value}</span>`,
  },
  { head: 'Rule', cell: ({ rule }) => rule },
]

function taken(article: HeldArticle): Markup {
  const values: Readonly<Record<(typeof articleFields)[number], string>> = {
    title: article.title ?? '',
    subtitle: article.subtitle ?? '',
    authors: article.authors.join(', '),
    publishedAt: article.publishedAt?.toISOString() ?? '',
    modifiedAt: article.modifiedAt?.toISOString() ?? '',
    section: article.section ?? '',
    tags: article.tags.join(', '),
    language: article.language ?? '',
    imageUrl: article.imageUrl ?? '',
    body: article.bodyText.slice(0, MOST_TEXT),
  }
  const fields = articleFields.map((name) => ({
    name,
    value: values[name],
    rule: article.rules[name] ?? 'none',
  }))
  return html`${table('Fields, and the rule that gave each', columns, fields)}
    <p>
      <a href="${`/articles/${article.id}`}">${foreign(article.title ?? 'The article')}, with its comments</a>
    </p>`
}
