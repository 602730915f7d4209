import type { Document, Element, ParentNode } from 'domhandler'
import { canonicalUrl } from '../../../normalise/url.ts'
import { ElementIndex, type IndexedPage } from '../../element-index.ts'
import { isElement } from '../../elements.ts'
import { parseHtml } from '../../page.ts'
import type { Searchable } from '../../selector.ts'
import { momentContext, refusal, unread } from '../answers.ts'
import { detach, joinDefinitions, joinHeaders, lineOf } from '../nodes.ts'
import { linkAddress, pagesToAsk } from '../pager.ts'
import type { Answer, Ask, Batch, Comment, CommentPlatform, Thread, ThreadContext } from '../platform.ts'
import { countInCounter } from '../marks/reported-count.ts'
import { type PrintedReading, readPrinted, unnamedParts } from './fields.ts'
import type { PrintedForm } from './form.ts'
import { topicReader } from './topic-page.ts'
import { numberedPager } from './numbered-pages.ts'

/** A platform whose threads are pages of HTML, all printed in one form. */
export function printedPlatform(form: PrintedForm): CommentPlatform {
  return {
    name: form.name,
    ...(form.usualTimezone === undefined ? {} : { usualTimezone: form.usualTimezone }),
    locate: (page, context) => locate(page, context, form),
    open: (thread) => ({ url: thread.pageUrl, accept: 'html' }),
    read: (answer, asked, thread) => read(answer, asked, thread, form),
    ...(form.opening === undefined ? {} : { readTopic: topicReader(form, form.opening) }),
  }
}

function locate(page: IndexedPage, context: ThreadContext, form: PrintedForm): Thread | null {
  if (!form.isHere(page)) return null
  const hasPlace = form.place !== undefined && form.place.first(page.elements) !== null
  if (!hasPlace && !form.boxes.all(page.elements).some((box) => form.idOf(box) !== null)) return null
  return {
    platform: form.name,
    nativeId: context.articleNativeId ?? context.canonicalUrl,
    pageUrl: page.url,
    reportedCount: countOn(page.elements, form),
    closed: form.closed !== undefined && form.closed.first(page.elements) !== null,
    timezone: context.timezone,
    data: { articleUrl: canonicalUrl(page.url) ?? page.url },
  }
}

function countOn(page: Searchable, { count }: PrintedForm): number | null {
  const counter = count?.first(page) ?? null
  return counter === null ? null : countInCounter(counter.attribs['content'] ?? lineOf(counter) ?? '')
}

function read(answer: Answer, asked: Ask, thread: Thread, form: PrintedForm): Batch {
  const reason = refusal(answer)
  if (reason !== null) return unread(reason)
  const document = answer.document ?? parseHtml(answer.text)
  const elements = new ElementIndex(document)
  const pager = form.pages === undefined ? null : numberedPager(elements, form.pages, answer.url)
  const reported = countOn(elements, form)
  const reading = {
    pageUrl: thread.data['articleUrl'] ?? thread.pageUrl,
    ...momentContext(thread, answer),
  }
  const folds = (form.folded?.all(elements) ?? []).map((fold) => form.unfold?.(fold, answer.url) ?? [])
  const next = [...folds.flat(), ...(pager === null ? [] : pagesToAsk(pager, asked))]
  const comments = readPrintedComments(document, form, reading)
  // Nobody links to a page of comments that has none.
  if (comments.length === 0 && asked.note !== undefined) return unread('not_found', next)
  return {
    comments: belowTheAsked(comments, asked),
    next,
    ...(reported === null ? {} : { reportedCount: reported }),
    ...(folds.some((asks) => asks.length === 0) ? { incomplete: 'shortfall' as const } : {}),
  }
}

/** The ask for replies to `parent` at an address that the page names; none where that leads off the site. */
export function repliesAt(href: string | undefined, pageUrl: string, parent: string | undefined): Ask[] {
  const address = linkAddress(href, pageUrl)
  if (address === null || parent === undefined) return []
  return [{ url: address.href, accept: 'html', note: { step: 'replies', parent } }]
}

/** Replies that were asked for come without the comment that they answer, or with it as a root of its own. */
function belowTheAsked(comments: readonly Comment[], { note }: Ask): readonly Comment[] {
  const parent = note?.['parent']
  if (parent === undefined) return comments
  return comments
    .filter(({ nativeId }) => nativeId !== parent)
    .map((comment) => (comment.parentNativeId === null ? { ...comment, parentNativeId: parent } : comment))
}

/** The comments of a page, in the page's order. Changes the page. */
function readPrintedComments(document: Document, form: PrintedForm, reading: PrintedReading): Comment[] {
  const found = form.boxes.all(document)
  joinDefinitions(found)
  if (form.isHeader === true) joinHeaders(found)
  const boxes = placed(found, form)
  detach(boxes.map(({ element }) => element))
  const parts = unnamedParts(
    boxes.map(({ element }) => element),
    form,
    reading,
  )
  return boxes.map(({ element, ...place }) => readPrinted(place, element, form, reading, parts.get(element)))
}

interface PlacedBox {
  readonly nativeId: string
  readonly parentNativeId: string | null
  readonly element: Element
}

/** A comment answers the nearest one before it that stands less deep. */
function placed(elements: readonly Element[], form: PrintedForm): PlacedBox[] {
  const levels = levelsOf(elements, form)
  const found = new Map<string, PlacedBox>()
  const outer = new OuterComments()
  for (const [index, element] of elements.entries()) {
    const id = form.idOf(element)
    if (id === null || found.has(id)) continue
    const above = form.levelOf === undefined ? null : outer.enter(id, levels[index] ?? 0)
    found.set(id, { nativeId: id, parentNativeId: form.parentOf?.(element) ?? above, element })
  }
  return [...found.values()]
}

/** The comments that the next one may stand in, the outermost first. */
class OuterComments {
  readonly #open: { readonly id: string; readonly level: number }[] = []

  /** @returns the comment above the one that is entered, or null. */
  enter(id: string, level: number): string | null {
    while ((this.#open.at(-1)?.level ?? -1) >= level) this.#open.pop()
    const above = this.#open.at(-1)?.id ?? null
    this.#open.push({ id, level })
    return above
  }
}

function levelsOf(elements: readonly Element[], { levelOf }: PrintedForm): readonly number[] {
  if (levelOf === undefined) return []
  if (levelOf !== 'nesting') return elements.map((element) => levelOf(element))
  const levels = new Map<ParentNode, number>()
  return elements.map((element) => {
    let around: ParentNode | null = element.parent
    while (around !== null && !levels.has(around)) around = isElement(around) ? around.parent : null
    const level = around === null ? 0 : (levels.get(around) ?? 0) + 1
    levels.set(element, level)
    return level
  })
}
