import { html } from 'hono/html'
import {
  type CommentKind,
  type CommentLine,
  type FoundComment,
  RANKED_COMMENTS,
  readComments,
  searchComments,
  SEARCHED_COMMENTS,
} from '../../db/reading/comment-list.ts'
import { authorKey } from '../../normalise/author.ts'
import { ago, number } from '../figures.ts'
import { foreign, href, type Markup, marked, siteLink } from '../markup.ts'
import type { MakePage, PageRequest } from '../page.ts'
import { choice, filters, textField } from '../parts/filters.ts'
import { FOUND, PAGE, pager, withOneMore } from '../parts/pager.ts'
import { rankedBy } from '../parts/ranked.ts'
import { type Column, table } from '../parts/table.ts'
import { startOfStretch } from '../parts/thread.ts'

const changes = ['edited', 'removed'] as const

interface Asked extends CommentKind {
  readonly author: string | null
  readonly siteId: string | null
}

/** Comments, those found last first, or those that have the words, best first; by writer, site and change. */
export const commentsPage: MakePage = async (request) => {
  const { query } = request
  const [author, words, siteId] = [query.text('author'), query.text('words'), query.text('site')]
  const change = query.oneOf('change', changes)
  const authorKeys = author === null ? null : [authorKey('user', author), authorKey('name', author)]
  const asked = { author, authorKeys, siteId, change }
  return {
    title: 'Comments',
    body: html`<h1>Comments</h1>
      ${filters('/comments', [
        textField('author', 'Writer', author),
        textField('words', 'Words', words),
        textField('site', 'Site', siteId),
        choice('change', 'Only', changes, change),
      ])}
      ${words === null ? await newest(request, asked) : await found(request, words, asked)}`,
  }
}

async function newest({ db, now, query }: PageRequest, asked: Asked): Promise<Markup> {
  const { author, siteId, change } = asked
  const before = query.whole('before')
  const comments = await readComments(db, { ...asked, before }, withOneMore)
  const shown = comments.slice(0, PAGE)
  const here = { author, site: siteId, change }
  const next =
    comments.length > PAGE ? href('/comments', { ...here, before: shown.at(-1)?.id ?? null }) : null
  const isPartial = siteId !== null || change !== null
  return html`${isPartial ? html`<p>Looked for among the ${number(SEARCHED_COMMENTS)} comments ${author === null ? '' : 'of this writer '}found last.</p>` : ''}
  ${table(
    'Comments, those found last first',
    columns(now, ({ body }) => body),
    shown,
    'No comment matches.',
  )}
  ${pager(before === null ? null : href('/comments', here), next)}`
}

async function found({ db, now, query }: PageRequest, words: string, asked: Asked): Promise<Markup> {
  const { author, siteId, change } = asked
  const offset = Math.max(0, query.whole('from') ?? 0)
  const search = await searchComments(db, { ...asked, words, offset }, FOUND + 1)
  const comments = search.lines
  const shown = comments.slice(0, FOUND)
  const here = { author, words, site: siteId, change }
  const next = comments.length > FOUND ? href('/comments', { ...here, from: offset + FOUND }) : null
  return html`${rankedBy(search, RANKED_COMMENTS)}
  ${table(
    'Comments that have the words, best first',
    columns<FoundComment>(now, ({ highlights }) => marked(highlights)),
    shown,
    'No comment has these words.',
  )}
  ${pager(offset === 0 ? null : href('/comments', here), next)}`
}

/** Where a comment stands in its thread. */
const placeOf = ({ id, articleId, threadId, position }: CommentLine): string =>
  `${href(`/articles/${articleId}`, { thread: threadId, after: startOfStretch(position) })}#c${id}`

const columns = <Line extends CommentLine>(
  now: Date,
  wordsOf: (comment: Line) => Markup | string,
): Column<Line>[] => [
  {
    head: 'Writer',
    cell: ({ author }) =>
      author === null
        ? html`<span class="faint">nobody named</span>`
        : html`<a href="${href('/comments', { author })}">${foreign(author)}</a>`,
  },
  {
    head: 'Comment',
    cell: (comment) =>
      html`<span class="words" dir="auto">${wordsOf(comment)}</span
        >${comment.state === 'visible' ? '' : html` <span class="label">${comment.state}</span>`}${comment.revision > 1 ? html` <span class="label">edited</span>` : ''}
        <p class="reason">
          <a href="${placeOf(comment)}">${foreign(comment.title ?? 'without a headline')}</a>
        </p>`,
  },
  { head: 'Site', cell: ({ siteId }) => siteLink(siteId), isExtra: true },
  { head: 'Written', cell: ({ publishedAt }) => ago(publishedAt, now) },
  { head: 'Found', cell: ({ firstSeenAt }) => ago(firstSeenAt, now), isExtra: true },
]
