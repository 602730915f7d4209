import { html } from 'hono/html'
import { type CommentLine, readComments, SEARCHED_COMMENTS } from '../../db/reading/comment-list.ts'
import { authorKey } from '../../normalise/author.ts'
import { ago, number } from '../figures.ts'
import { foreign, href, siteLink } from '../markup.ts'
import type { MakePage } from '../page.ts'
import { choice, filters, textField } from '../parts/filters.ts'
import { PAGE, pager, withOneMore } from '../parts/pager.ts'
import { type Column, table } from '../parts/table.ts'
import { startOfStretch } from '../parts/thread.ts'

const changes = ['edited', 'removed'] as const

/** Comments, those found last first, by writer, words and site, and those that were edited or removed. */
export const commentsPage: MakePage = async ({ db, now, query }) => {
  const [author, words, siteId] = [query.text('author'), query.text('words'), query.text('site')]
  const [change, before] = [query.oneOf('change', changes), query.whole('before')]
  const authorKeys = author === null ? null : [authorKey('user', author), authorKey('name', author)]
  const comments = await readComments(db, { siteId, authorKeys, words, change, before }, withOneMore)
  const shown = comments.slice(0, PAGE)
  const here = { author, words, site: siteId, change }
  const next =
    comments.length > PAGE ? href('/comments', { ...here, before: shown.at(-1)?.id ?? null }) : null
  const isPartial = words !== null || siteId !== null || change !== null
  return {
    title: 'Comments',
    body: html`<h1>Comments</h1>
      ${filters('/comments', [
        textField('author', 'Writer', author),
        textField('words', 'Words', words),
        textField('site', 'Site', siteId),
        choice('change', 'Only', changes, change),
      ])}
      ${isPartial ? html`<p>Looked for among the ${number(SEARCHED_COMMENTS)} comments ${author === null ? '' : 'of this writer '}found last.</p>` : ''}
      ${table('Comments, those found last first', columns(now), shown, 'No comment matches.')}
      ${pager(before === null ? null : href('/comments', here), next)}`,
  }
}

const columns = (now: Date): Column<CommentLine>[] => [
  {
    head: 'Writer',
    cell: ({ author }) =>
      author === null
        ? html`<span class="faint">nobody named</span>`
        : html`<a href="${href('/comments', { author })}">${foreign(author)}</a>`,
  },
  {
    head: 'Comment',
    cell: ({ id, articleId, threadId, position, body, state, revision, title }) =>
      html`<span class="words" dir="auto">${body}</span
        >${state === 'visible' ? '' : html` <span class="label">${state}</span>`}${revision > 1 ? html` <span class="label">edited</span>` : ''}
        <p class="reason">
          <a
            href="${`${href(`/articles/${articleId}`, { thread: threadId, after: startOfStretch(position) })}#c${id}`}"
            >${foreign(title ?? 'without a headline')}</a
          >
        </p>`,
  },
  { head: 'Site', cell: ({ siteId }) => siteLink(siteId), isExtra: true },
  { head: 'Written', cell: ({ publishedAt }) => ago(publishedAt, now) },
  { head: 'Found', cell: ({ firstSeenAt }) => ago(firstSeenAt, now), isExtra: true },
]
