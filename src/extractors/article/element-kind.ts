import type { Element } from 'domhandler'
import { signs, signsOf } from './name-signs.ts'

/** What the tag, class and id of an element say of it. */
export interface ElementKind {
  /** Tells the kinds of a page apart. */
  readonly serial: number
  /** Lower-cased class and id. */
  readonly names: string
  /** Holds a comment section. */
  readonly isCommentSection: boolean
  /** Asks for consent: the text of such layers can be longer than the article's. */
  readonly isConsent: boolean
  readonly isAdvert: boolean
  /** Article texts are usually put under it. */
  readonly isBody: boolean
  /** Things around an article's text are usually put under it. */
  readonly isBoilerplate: boolean
  /** A post of a social network: within a text it belongs to it. */
  readonly isEmbed: boolean
  /** The words under a picture. */
  readonly isCaption: boolean
  /** A line with the author or date. */
  readonly isByline: boolean
  /** Has a class that style sheets commonly hide. */
  readonly isUnshown: boolean
  /** A box about the writer, or about reprinting. */
  readonly isApart: boolean
  /** What the names say by the trained weights: above 0, that articles' text is found under them. */
  readonly weight: number
}

const longestNames = 500

/** The kinds of a page's elements. A page repeats few of them over and over: elements alike share one. */
export class ElementKinds {
  readonly #byTag = new Map<string, Map<string, ElementKind>>()
  #count = 0

  of({ name, attribs }: Element): ElementKind {
    const { class: classes = '', id = '' } = attribs
    let kinds = this.#byTag.get(name)
    if (kinds === undefined) this.#byTag.set(name, (kinds = new Map<string, ElementKind>()))
    const written = id === '' ? classes : `${classes} ${id}`
    let kind = kinds.get(written)
    if (kind !== undefined) return kind
    const names = written.slice(0, longestNames).toLowerCase().trim()
    if (names !== written) kind = kinds.get(names)
    if (kind === undefined) kinds.set(names, (kind = this.#newKind(names)))
    if (names !== written) kinds.set(written, kind)
    return kind
  }

  #newKind(names: string): ElementKind {
    this.#count++
    const { bits, least, most } = signsOf(names)
    return {
      serial: this.#count,
      names,
      isCommentSection: (bits & (signs.comments | signs.commentState)) === signs.comments,
      isConsent: (bits & signs.consent) !== 0,
      isAdvert: (bits & signs.advert) !== 0,
      isBody: (bits & (signs.body | signs.advert)) === signs.body,
      isBoilerplate: (bits & (signs.advert | signs.boilerplate)) !== 0,
      isEmbed: (bits & signs.embed) !== 0,
      isCaption: (bits & signs.caption) !== 0,
      isByline: (bits & signs.byline) !== 0,
      isUnshown: (bits & (signs.unshown | signs.shownSomewhere)) === signs.unshown,
      isApart: (bits & signs.apart) !== 0,
      weight: least + most,
    }
  }
}
