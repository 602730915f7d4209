import { html } from 'hono/html'
import {
  type HeldArticle,
  type HeldThread,
  readArticle,
  readArticleVersions,
  readStoredPages,
  readThreads,
  type StoredPage,
} from '../../db/reading/article-page.ts'
import { readThreadComments } from '../../db/reading/thread-page.ts'
import { ago, exactly, number, octets, plural } from '../figures.ts'
import { foreign, href, type Markup, outward, siteLink } from '../markup.ts'
import { type MakePage, notFound, wholeOf } from '../page.ts'
import { pager } from '../parts/pager.ts'
import { STRETCH, thread } from '../parts/thread.ts'

const MOST_PAGES = 10

/** An article with its comments, as a reader sees them. */
export const articlePage: MakePage = async ({ db, now, query, parameter }) => {
  const id = wholeOf(parameter('article'))
  const article = id === null ? null : await readArticle(db, id)
  if (article === null) return notFound('No article of this number is held.')
  const [versions, threads, pages] = await Promise.all([
    readArticleVersions(db, article.id),
    readThreads(db, article.id),
    readStoredPages(db, article.siteId, article.urlHash, MOST_PAGES),
  ])
  const asked = query.whole('thread')
  const chosen = threads.find((held) => held.id === asked) ?? threads[0] ?? null
  const after = query.whole('after') ?? 0
  return {
    title: article.title ?? 'Article',
    body: html`<article class="news">
        <h1>${foreign(article.title ?? 'without a headline')}</h1>
        ${article.subtitle === null ? '' : html`<p class="subtitle" dir="auto">${article.subtitle}</p>`}
        ${facts(article, now)}
        <details class="text" ${after === 0 ? 'open' : ''}>
          <summary>Text, ${plural(article.bodyText.split(/\s+/).length, 'word')}</summary>
          <div class="words" dir="auto">${article.bodyText}</div>
        </details>
        ${formerVersions(versions)} ${storedPages(pages)}
      </article>
      <h2 id="comments">Comments</h2>
      ${threadChoice(article.id, threads, chosen)}
      ${chosen === null ? html`<p class="empty">No thread is held of this article.</p>` : await stretch(db, article.id, chosen, after, now)}`,
  }
}

function facts(article: HeldArticle, now: Date): Markup {
  const { authors, tags, section, language, duplicateOf, goneAt, modifiedAt } = article
  return html`<dl class="facts">
    <dt>Address</dt>
    <dd>${outward(article.url)}</dd>
    <dt>Site</dt>
    <dd>${siteLink(article.siteId)}</dd>
    <dt>By</dt>
    <dd>
      ${authors.length === 0 ? 'nobody named' : authors.map((author, index) => html`${index > 0 ? ', ' : ''}${foreign(author)}`)}
    </dd>
    <dt>Published</dt>
    <dd>
      ${exactly(article.publishedAt)}${modifiedAt === null ? '' : html`, changed ${exactly(modifiedAt)}`}
    </dd>
    <dt>Found</dt>
    <dd>
      ${exactly(article.firstSeenAt)}, looked at ${ago(article.checkedAt, now)}, next
      ${ago(article.nextCheckAt, now)}
    </dd>
    ${
      section === null && tags.length === 0
        ? ''
        : html`<dt>Section, tags</dt>
            <dd>${foreign([section, ...tags].filter((tag) => tag !== null).join(', '))}</dd>`
    }
    <dt>Language</dt>
    <dd>${language ?? 'not told'}</dd>
    ${
      goneAt === null
        ? ''
        : html`<dt>Gone</dt>
            <dd>${exactly(goneAt)}: its site no longer has the page</dd>`
    }
    ${
      duplicateOf === null
        ? ''
        : html`<dt>Copy of</dt>
            <dd><a href="${`/articles/${duplicateOf}`}">article ${duplicateOf}</a></dd>`
    }
  </dl>`
}

function formerVersions(versions: Awaited<ReturnType<typeof readArticleVersions>>): Markup | string {
  if (versions.length === 0) return ''
  return html`<details class="versions">
    <summary>${plural(versions.length, 'former version')}</summary>
    ${versions.map(
      ({ revision, title, bodyText, seenAt, cause }) =>
        html`<div class="version">
          <p class="reason">
            Version ${revision}, from
            ${exactly(seenAt)}${cause === 'extractor' ? ', as it was read then' : ''}
          </p>
          <p><strong>${foreign(title ?? '')}</strong></p>
          <div class="words" dir="auto">${bodyText}</div>
        </div>`,
    )}
  </details>`
}

function storedPages(pages: readonly StoredPage[]): Markup | string {
  if (pages.length === 0) return ''
  return html`<details>
    <summary>${plural(pages.length, 'stored page')}</summary>
    <ul>
      ${pages.map(
        ({ id, fetchedAt, octets: size, kind }) =>
          html`<li><a href="${`/pages/${id}`}">${exactly(fetchedAt)}</a> ${kind}, ${octets(size)}</li>`,
      )}
    </ul>
  </details>`
}

function threadChoice(
  articleId: number,
  threads: readonly HeldThread[],
  chosen: HeldThread | null,
): Markup | string {
  if (threads.length < 2) return ''
  return html`<nav class="choices" aria-label="Threads">
    ${threads.map(
      ({ id, platform, collectedCount }) =>
        html`<a
          href="${`${href(`/articles/${articleId}`, { thread: id })}#comments`}"
          ${id === chosen?.id ? html` aria-current="true"` : ''}
          >${platform} ${number(collectedCount)}</a
        >`,
    )}
  </nav>`
}

async function stretch(
  db: Parameters<typeof readThreadComments>[0],
  articleId: number,
  held: HeldThread,
  after: number,
  now: Date,
): Promise<Markup> {
  const comments = await readThreadComments(db, held.id, after, STRETCH + 1)
  const shown = comments.slice(0, STRETCH)
  const here = { thread: held.id }
  const path = `/articles/${articleId}`
  const next =
    comments.length > STRETCH
      ? `${href(path, { ...here, after: shown.at(-1)?.position ?? 0 })}#comments`
      : null
  return html`<p>${state(held)} Looked at ${ago(held.checkedAt, now)}, next ${ago(held.nextCheckAt, now)}.</p>
    ${shown.length === 0 ? html`<p class="empty">No comment is held.</p>` : thread(shown)}
    ${pager(after > 0 ? `${href(path, here)}#comments` : null, next)}`
}

function state({
  platform,
  collectedCount,
  reportedCount,
  complete,
  incompleteReason,
  closed,
}: HeldThread): string {
  const reported = reportedCount === null ? '' : `, ${number(reportedCount)} reported`
  const whole = complete ? 'complete' : `incomplete (${incompleteReason ?? 'not read yet'})`
  return `${platform}: ${number(collectedCount)} held${reported}; ${whole}${closed ? ', closed' : ''}.`
}
