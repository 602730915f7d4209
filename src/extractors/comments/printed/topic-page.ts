import type { Element } from 'domhandler'
import { nextElementSibling } from 'domutils'
import { parseMoment } from '../../../normalise/date.ts'
import type { MomentContext } from '../../../normalise/moment.ts'
import type { OpeningPost } from '../../article/opening-post.ts'
import type { IndexedPage } from '../../element-index.ts'
import type { CommentPlatform } from '../platform.ts'
import { authorOf, firstOf, momentIn, parting } from './fields.ts'
import type { OpeningBox, PrintedForm } from './form.ts'
import { numberedAddress, numberedPager } from './numbered-pages.ts'

type TopicReader = NonNullable<CommentPlatform['readTopic']>

/** Reads what a page of an engine's shows of a topic: its opening post, or only answers. */
export function topicReader(form: PrintedForm, opening: NonNullable<PrintedForm['opening']>): TopicReader {
  return (page, reading) => {
    if (form.isTopic?.(page) === false) return null
    const place = placeOf(page, form)
    if (place === 'later') return { isFirst: false, opening: null }
    if (opening !== 'first-box') {
      const box = opening.box.first(page.elements)
      return box === null ? null : { isFirst: true, opening: readOpening([box], opening, reading) }
    }
    const posts = form.boxes.all(page.elements).filter((box) => form.idOf(box) !== null)
    const [box] = posts
    if (box === undefined) return null
    if (form.isOpening?.(box) === false) return { isFirst: false, opening: null }
    if (place === null || isNewestFirst(posts, form, reading)) return { isFirst: true, opening: null }
    return { isFirst: true, opening: readOpening(partsOf(box, form), form, reading) }
  }
}

/** By the first and the last post of the page. */
function isNewestFirst(posts: readonly Element[], form: PrintedForm, reading: MomentContext): boolean {
  const [first, last] = [posts[0], posts.at(-1)].map((post) =>
    post === undefined ? null : (parseMoment(publishedIn(post, form, reading), reading).at ?? null),
  )
  return first != null && last != null && first > last
}

/**
 * A page is a later one by the number in its address. Null where it can't be told: some sites show the newest answers
 * first, and the address of a single answer may show any page.
 */
function placeOf({ url, elements }: IndexedPage, { pages }: PrintedForm): 'first' | 'later' | null {
  if (pages === undefined) return 'first'
  const named = numberedAddress(new URL(url), pages)?.number
  if (named !== undefined) return named > pages.first ? 'later' : 'first'
  const pager = numberedPager(elements, pages, url)
  return pager === null || pager.current === 1 ? 'first' : null
}

/** A header's post stands behind it. */
function partsOf(box: Element, { isHeader }: PrintedForm): readonly Element[] {
  const next = isHeader === true ? nextElementSibling(box) : null
  return next === null ? [box] : [box, next]
}

function readOpening(
  parts: readonly Element[],
  form: PrintedForm | OpeningBox,
  reading: MomentContext,
): OpeningPost | null {
  const body = firstAnswer(parts, (part) => firstOf(form.body, part))
  if (body === null) return null
  return {
    body,
    apart: form.apart?.all(body) ?? [],
    author: firstAnswer(parts, (part) => authorOf(part, form)),
    published: firstAnswer(parts, (part) => publishedIn(part, form, reading)),
  }
}

function publishedIn(part: Element, form: PrintedForm | OpeningBox, reading: MomentContext): string | null {
  const exact = form.timeOf?.(part) ?? null
  if (parseMoment(exact, reading).at !== null) return exact
  const moment = momentIn(form.times, part, reading)
  return moment?.at == null ? null : (moment.raw?.replace(parting, ' ') ?? null)
}

function firstAnswer<Value>(parts: readonly Element[], read: (part: Element) => Value | null): Value | null {
  for (const part of parts) {
    const answer = read(part)
    if (answer !== null) return answer
  }
  return null
}
