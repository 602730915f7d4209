import { isElement } from '../../src/extractors/elements.ts'
import { elementsBelow } from '../../src/extractors/elements.ts'
import type { Batch, Comment } from '../../src/extractors/comments/platform.ts'
import { buildTree } from '../../src/extractors/comments/tree.ts'
import { parseHtml } from '../../src/extractors/page.ts'
import { canonicalUrl } from '../../src/normalise/url.ts'

/** Why something read is not what it must be, or null. */
export type Fault = string | null

const firstOf = (faults: Iterable<Fault>): Fault => {
  for (const fault of faults) if (fault !== null) return fault
  return null
}

/** Every text within, however deep, is one that a database takes and gives back as it was. */
export function textFault(value: unknown, path = ''): Fault {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) return `${path} holds half a character`
    return value.includes('\u0000') ? `${path} holds U+0000` : null
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? `${path} is no moment` : null
  if (typeof value === 'number') return Number.isFinite(value) ? null : `${path} is no number`
  if (value === null || typeof value !== 'object') return null
  return firstOf(Object.entries(value).map(([key, inner]) => textFault(inner, `${path}.${key}`)))
}

export function addressFault(url: string | null): Fault {
  if (url === null) return null
  return canonicalUrl(url) === url ? null : `${url.slice(0, 200)} is not canonical`
}

const forbidden =
  /^(?:script|style|iframe|object|embed|svg|math|form|input|button|link|meta|base|template|noscript|textarea|title)$/

/** Stored markup may be shown as it is. */
export function markupFault(html: string): Fault {
  for (const { name, attribs } of elementsBelow(parseHtml(html)).filter(isElement)) {
    if (forbidden.test(name)) return `the markup holds <${name}>`
    for (const [attribute, value] of Object.entries(attribs)) {
      if (/^on|^style$|^srcdoc$/i.test(attribute)) return `<${name}> has ${attribute}`
      if (/^(?:href|src)$/i.test(attribute) && !/^https?:/i.test(value))
        return `<${name}> leads to ${value.slice(0, 80)}`
    }
  }
  return null
}

const span = { from: Date.UTC(1990, 0, 1), day: 86_400_000 }

export function momentFault(at: Date | null, fetchedAt: Date): Fault {
  if (at === null) return null
  const time = at.getTime()
  return time >= span.from && time <= fetchedAt.getTime() + span.day
    ? null
    : `${String(time)} is out of range`
}

/** Comments: clean, safe to show, and a tree. */
export function batchFault(batch: Batch, fetchedAt: Date): Fault {
  return firstOf(
    (function* () {
      yield textFault(batch.comments, 'comments')
      yield treeFault(batch.comments)
      for (const comment of batch.comments) {
        yield markupFault(comment.bodyHtml)
        yield momentFault(comment.publishedAt, fetchedAt)
        if (comment.nativeId === '') yield 'a comment has no id'
        if (comment.permalink !== null && !/^https?:/.test(comment.permalink))
          yield `a comment's address is ${comment.permalink}`
      }
      for (const { url } of batch.next)
        if (!/^https?:/.test(url)) yield `${url.slice(0, 200)} is to be asked for`
    })(),
  )
}

function treeFault(comments: readonly Comment[]): Fault {
  const places = buildTree(comments)
  const distinct = new Set(comments.map(({ nativeId }) => nativeId))
  if (places.size !== distinct.size) return `${distinct.size} comments have ${places.size} places`
  for (const [id, { parentNativeId, depth }] of places) {
    const above = parentNativeId === null ? -1 : places.get(parentNativeId)?.depth
    if (above !== depth - 1) return `comment ${id} stands at depth ${depth}, its parent at ${String(above)}`
  }
  return null
}
