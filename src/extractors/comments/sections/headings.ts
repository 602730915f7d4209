import type { Element } from 'domhandler'
import { type ElementIndex } from '../../element-index.ts'
import { elementsBelow, isElement } from '../../elements.ts'
import { selector } from '../../selector.ts'
import { wordsOfElement } from './boxes.ts'
import { namesOf } from './names.ts'

/** What may stand before the word for comments, or for readers' letters; "latest" is for lists of the whole site. */
const ownersWords =
  "all(?: the)?|your|our|top|user|(?:our )?readers?['’]?s?|leser-?|nutzer|alle|ihre|eure|vos|tous les|les|los|tus|vuestros|todos los|seus|os|i|tutti i|i vostri|wasze|все|ваши|усі|ваші|网友|網友|用户|用戶|全部|精彩|みんなの|전체"
const commentsWords =
  'comments?|kommentare?|commentaires?|comentarios?|comentários?|comentarii|commenti|komentarz[ey]|komentáře|komentari|kommentit|reacties?|yorumlar|yorum|комментари[ийе]|коментарі?|σχόλια|التعليقات|تعليقات|نظرات|תגובות|コメント|评论|評論|댓글|hozzászólások|diskuz[ei]|keskustelu|обсуждени[ея]|обговорення|discussion|diskussion|responses|replies|thoughts on|antworten|reaktionen|réactions|ergänzungen|lesermeinungen|leserbriefe|opinie(?: czytelników)?|gästebuch|ihre meinung|diskutieren sie mit|what (?:our )?readers say|join the (?:discussion|conversation)'

const headingStart = new RegExp(
  `^[^\\p{L}\\p{N}]*(?:\\d[\\d.,\\s]{0,12})?(?:(?:${ownersWords})\\s?)?(?:${commentsWords})`,
  'iu',
)
const wholeHeading = new RegExp(
  `^[^\\p{L}\\p{N}]*(?:\\d[\\d.,\\s]{0,12})?(?:(?:${ownersWords})\\s?)?(?:${commentsWords})[^\\p{L}\\p{N}]*(?:\\d[\\d.,\\s]{0,12})?[^\\p{L}\\p{N}]*$`,
  'iu',
)

export function isCommentHeading(text: string): boolean {
  return headingStart.test(text)
}

const headings = selector('h2, h3, h4, h5, legend')
const pageHeadings = selector('h1')
const headingName =
  /title|head|heading|titel|titre|titulo|título|titolo|überschrift|ueberschrift|nadpis|baslik/i

/** The headings of a page that say that comments follow: also boxes that do without the tag. */
export function commentHeadings(index: ElementIndex): Element[] {
  const named = [...index.names()]
    .filter(({ kind, names }) => kind === 'class' && headingName.test(names))
    .flatMap(({ places }) => [...places])
    .map((place) => index.elements[place])
    .filter((element) => element !== undefined)
    .filter(({ name }) => /^(?:div|p|span|strong)$/.test(name))
  return [
    ...headings.all(index).filter((heading) => isCommentHeading(wordsOfElement(heading, 100))),
    ...[...pageHeadings.all(index), ...named].filter((heading) =>
      wholeHeading.test(wordsOfElement(heading, 100)),
    ),
  ]
}

/** Whether an element is made to be a heading, by its tag or class. */
export function isHeading(element: Element): boolean {
  return /^h[1-6]$|^legend$|^strong$|^summary$/.test(element.name) || headingName.test(namesOf(element))
}

const headingBoxes = /^(?:header|hgroup)$/

/** The heading with the box that is there for it alone. */
function wholeOf(heading: Element): Element {
  const { parent } = heading
  return parent !== null && isElement(parent) && headingBoxes.test(parent.name) ? wholeOf(parent) : heading
}

/** What a heading stands in, with what it stands over. */
export function holderOf(heading: Element): Element | null {
  const { parent } = wholeOf(heading)
  return parent !== null && isElement(parent) ? parent : null
}

/** What follows a heading up to the next one, with all that is in it. */
export function elementsAfter(heading: Element): Element[] {
  const after: Element[] = []
  for (let { next } = wholeOf(heading); next !== null; next = next.next) {
    if (!isElement(next)) continue
    if (/^h[1-6]$/.test(next.name)) break
    after.push(next, ...elementsBelow(next))
  }
  return after
}
