import { html } from 'hono/html'
import type { HeldComment } from '../../db/reading/thread-page.ts'
import { exactly, plural } from '../figures.ts'
import { foreign, href, type Markup, outward } from '../markup.ts'

/** Comments on a page of a thread. */
export const STRETCH = 100

/** The position behind which the page begins that a comment stands on; null for the first page. */
export const startOfStretch = (position: number): number | null =>
  Math.floor(Math.max(position - 1, 0) / STRETCH) * STRETCH || null

/** Deeper replies stand at this depth, each with a word on whom it answers: markup can't be nested without end. */
const DEEPEST = 8

interface Branch {
  readonly comment: HeldComment
  /** Set where the comment does not stand under the one that it answers. */
  readonly answers: HeldComment | 'elsewhere' | null
  readonly replies: Branch[]
}

/** A stretch of a thread as its readers see it: nested, each branch to be folded, with edits and removals. */
export function thread(comments: readonly HeldComment[]): Markup {
  return html`<div class="thread">${branchesOf(comments).map(branch)}</div>`
}

interface Place {
  readonly branch: Branch
  readonly level: number
  /** What the branch stands under. */
  readonly under: Branch | null
}

/** In reading order, whatever comes first: what answers a comment that stands elsewhere begins a branch of its own. */
export function branchesOf(comments: readonly HeldComment[]): Branch[] {
  const roots: Branch[] = []
  const places = new Map<number, Place>()
  for (const comment of comments) {
    const parent = comment.parentId === null ? null : (places.get(comment.parentId) ?? null)
    const place = placeOf(comment, parent)
    places.set(comment.id, place)
    if (place.under === null) roots.push(place.branch)
    else place.under.replies.push(place.branch)
  }
  return roots
}

function placeOf(comment: HeldComment, parent: Place | null): Place {
  if (parent === null) {
    const answers = comment.parentId === null ? null : 'elsewhere'
    return { branch: { comment, answers, replies: [] }, level: 0, under: null }
  }
  if (parent.level < DEEPEST) {
    return { branch: { comment, answers: null, replies: [] }, level: parent.level + 1, under: parent.branch }
  }
  const answers = parent.branch.comment
  return { branch: { comment, answers, replies: [] }, level: parent.level, under: parent.under }
}

function branch({ comment, answers, replies }: Branch): Markup {
  return html`<article
    class="comment ${comment.state}"
    id="c${comment.id}"
    aria-label="${`Comment by ${nameOf(comment)}`}"
  >
    ${head(comment, answers)}
    ${comment.quotes.map((quote) => html`<blockquote dir="auto">${quote.author === null ? '' : html`<cite>${foreign(quote.author)}</cite> `}${quote.text}</blockquote>`)}
    ${body(comment)} ${versions(comment)}
    ${
      replies.length === 0
        ? ''
        : html`<details class="replies" open>
            <summary>${plural(replies.length, 'reply', 'replies')}</summary>
            ${replies.map(branch)}
          </details>`
    }
  </article>`
}

const nameOf = ({ authorDisplay, authorName }: HeldComment): string =>
  authorDisplay ?? authorName ?? 'nobody named'

function head(comment: HeldComment, answers: Branch['answers']): Markup {
  const { authorName, authorBadges, publishedAt, publishedPrecision, permalink, score, likes, dislikes } =
    comment
  const votes = score !== null && score !== 0 ? `${score > 0 ? '+' : ''}${score}` : votesOf(likes, dislikes)
  return html`<p class="who">
    ${authorName === null ? html`<strong>${foreign(nameOf(comment))}</strong>` : html`<a class="author" href="${href('/comments', { author: authorName })}">${foreign(nameOf(comment))}</a>`}
    ${authorBadges.map((badge) => html`<span class="label">${foreign(badge)}</span>`)}
    ${publishedPrecision === 'day' ? html`<span title="Only the day is known">${exactly(publishedAt)}</span>` : exactly(publishedAt)}
    ${votes === null ? '' : html`<span class="votes" title="Votes">${votes}</span>`}
    ${labels(comment).map((label) => html`<span class="label">${label}</span>`)}
    ${answers === null ? '' : html`<span class="faint">answers ${answers === 'elsewhere' ? 'a comment on a page before' : html`<a href="#c${answers.id}">${foreign(nameOf(answers))}</a>`}</span>`}
    ${permalink === null ? '' : html`<span class="origin">${outward(permalink, 'at its site')}</span>`}
  </p>`
}

const votesOf = (likes: number | null, dislikes: number | null): string | null =>
  (likes ?? 0) === 0 && (dislikes ?? 0) === 0 ? null : `+${likes ?? 0} −${dislikes ?? 0}`

function labels({
  state,
  isPinned,
  isPicked,
  isPing,
  isEdited,
  revision,
  missingSince,
  depth,
}: HeldComment): string[] {
  const told: readonly (readonly [string, boolean])[] = [
    ['pinned', isPinned],
    ['picked by the newsroom', isPicked],
    ['ping', isPing],
    [state, state !== 'visible'],
    ['missing at the last look', state === 'visible' && missingSince !== null],
    ['edited', isEdited || revision > 1],
    [`depth ${depth}`, depth > DEEPEST],
  ]
  return told.filter(([, isSo]) => isSo).map(([label]) => label)
}

function body({ bodyText, redactedAt, state, changes }: HeldComment): Markup {
  const [latest] = changes
  const told =
    latest === undefined
      ? ''
      : html`<p class="reason">
          ${latest.state === 'visible' ? 'Shown again' : `${latest.state} (by ${latest.evidence})`}
          ${exactly(latest.at)}
        </p>`
  if (redactedAt !== null)
    return html`<p class="faint">Its words were let go ${exactly(redactedAt)}.</p>
      ${told}`
  if (bodyText === '' && state !== 'visible')
    return html`<p class="faint">Its words are not held.</p>
      ${told}`
  const words = html`<p class="words" dir="auto">${bodyText}</p>`
  return html`${state === 'removed' ? html`<del>${words}</del>` : words}${told}`
}

function versions({ versions }: HeldComment): Markup | string {
  if (versions.length === 0) return ''
  return html`<details class="versions">
    <summary>${plural(versions.length, 'former version')}</summary>
    ${versions.map(
      ({ revision, bodyText, seenAt, cause }) =>
        html`<div class="version">
          <p class="reason">
            Version ${revision}, from
            ${exactly(seenAt)}${cause === 'extractor' ? ', as it was read then' : ''}
          </p>
          <p class="words" dir="auto">${bodyText}</p>
        </div>`,
    )}
  </details>`
}
