import type { Article } from '../extractors/article/article.ts'
import { isWholeText, joinBodies } from '../extractors/article/joined-text.ts'
import type { ArticleParts, PartLink } from '../extractors/article/parts.ts'
import { Failure } from '../failure.ts'
import { isSamePage } from '../normalise/url.ts'
import type { PartsToSave } from '../store.ts'
import type { PartExtraction } from './extract/extraction.ts'
import type { KeptAnswer } from './kept-answer.ts'

/** More than any article has; what goes on past it is a trap. */
const MOST_PARTS = 50
const LONGEST_TEXT = 1_000_000

export interface PartsMeans {
  /** Null: this pass may make no more requests. @throws Failure */
  readonly fetch: (url: string) => Promise<KeptAnswer | null>
  /** Null: the page is none of this article's. `held` is null for a page that is to show all parts. @throws Failure */
  readonly read: (kept: KeptAnswer, held: string | null) => Promise<PartExtraction | null>
  readonly noteFailure: (failure: Failure) => Promise<void>
  readonly signal: AbortSignal
}

/** An article with the text of all its parts that could be read. */
export interface JoinedArticle {
  readonly article: Article
  readonly parts: PartsToSave
}

/**
 * The only loop over the parts of an article: takes the page that shows all of them where there is one, else follows
 * them by number until nothing new is named or said. What can't be read ends it, is written down, and leaves what
 * there is.
 */
export async function followParts(
  article: Article,
  parts: ArticleParts,
  means: PartsMeans,
): Promise<JoinedArticle> {
  const state = new PartsState(article, parts)
  if (parts.wholeUrl !== null && (await takeWhole(parts.wholeUrl, state, means))) return state.result()
  for (let url = state.next(); url !== undefined; url = state.next()) {
    if (state.isFull()) {
      await means.noteFailure(capFailure(article))
      break
    }
    if (!(await takePart(url, state, means))) break
  }
  return state.result()
}

/** @returns whether the article is read, as far as it can be in this pass. */
async function takeWhole(url: string, state: PartsState, means: PartsMeans): Promise<boolean> {
  try {
    const kept = await fetchPart(url, means)
    if (kept === null) return state.breakOff(true)
    const read = await means.read(kept, null)
    return read !== null && state.replace(read, kept)
  } catch (error) {
    if (means.signal.aborted) return state.breakOff(true)
    if (!(error instanceof Failure)) throw error
    // Where it is not to be had the parts say the same; where it may come back they would only differ from it.
    if (!isPassing(error)) return false
    await means.noteFailure(partFailure(error, url, state.article))
    return state.breakOff(true)
  }
}

/** @returns whether more may follow. */
async function takePart(url: string, state: PartsState, means: PartsMeans): Promise<boolean> {
  try {
    const kept = await fetchPart(url, means)
    if (kept === null) return !state.breakOff(true)
    const read = await means.read(kept, state.text)
    if (read !== null) return state.add(read, kept)
    throw new Failure('not_an_article', `${url} leads to ${kept.answer.url}`, { url })
  } catch (error) {
    if (means.signal.aborted) return !state.breakOff(true)
    if (!(error instanceof Failure)) throw error
    await means.noteFailure(partFailure(error, url, state.article))
    return !state.breakOff(isPassing(error))
  }
}

async function fetchPart(url: string, means: PartsMeans): Promise<KeptAnswer | null> {
  return means.signal.aborted ? null : means.fetch(url)
}

const isPassing = ({ next }: Failure): boolean => next === 'retry' || next === 'wait'

/** Told under the article's address: it is the article that is looked at again, not its part. */
function partFailure(failure: Failure, url: string, { canonicalUrl }: Article): Failure {
  const details = { url: canonicalUrl, cause: failure }
  return new Failure(failure.class, `${url}, a further part of the article: ${failure.message}`, details)
}

function capFailure({ canonicalUrl: url }: Article): Failure {
  return new Failure('article_capped', `${url} has more than ${MOST_PARTS} parts, or too long ones`, { url })
}

class PartsState {
  readonly article: Article
  text: string
  #html: string
  #number = 1
  #isComplete = true
  #isDueAgain = false
  readonly #known = new Map<number, string>()
  readonly #asked: string[]
  readonly #captures: PartsToSave['captures'][number][] = []

  constructor(article: Article, { further }: ArticleParts) {
    this.article = article
    this.text = article.bodyText
    this.#html = article.bodyHtml
    this.#asked = [article.canonicalUrl]
    this.#learn(further)
  }

  /** The part that comes next, unless it was read under another number. */
  next(): string | undefined {
    const url = this.#known.get(this.#number + 1)
    if (url === undefined || this.#asked.some((asked) => isSamePage(asked, url))) return undefined
    this.#asked.push(url)
    return url
  }

  isFull(): boolean {
    return this.#number >= MOST_PARTS || this.text.length >= LONGEST_TEXT
  }

  /** Always true. */
  breakOff(isDueAgain: boolean): true {
    this.#isComplete = false
    this.#isDueAgain = isDueAgain
    return true
  }

  /** @returns whether the part said anything new. */
  add({ body, further }: PartExtraction, { capture }: KeptAnswer): boolean {
    this.#captures.push(capture)
    if (body.text === '') return false
    const joined = joinBodies({ text: this.text, html: this.#html }, body)
    this.text = joined.text
    this.#html = joined.html
    this.#number += 1
    this.#learn(further)
    return true
  }

  /** @returns whether the page shows the whole text. */
  replace({ body }: PartExtraction, { capture }: KeptAnswer): boolean {
    this.#captures.push(capture)
    if (!isWholeText(body.text, this.text)) return false
    this.text = body.text
    this.#html = body.html
    return true
  }

  result(): JoinedArticle {
    const article = { ...this.article, bodyText: this.text, bodyHtml: this.#html }
    return {
      article,
      parts: {
        captures: this.#captures,
        isComplete: this.#isComplete,
        isDueAgain: this.#isDueAgain,
        count: this.#number,
      },
    }
  }

  #learn(further: readonly PartLink[]): void {
    for (const { number, url } of further) if (!this.#known.has(number)) this.#known.set(number, url)
  }
}
