import { type Element, isTag } from 'domhandler'
import type { MomentContext } from '../../../normalise/date.ts'
import { isSamePage } from '../../../normalise/url.ts'
import { type Claims, noClaims } from './claims.ts'
import { headlineOf } from '../headline.ts'
import { textOf } from '../element-text.ts'
import { lineTextOf } from '../line-text.ts'
import type { Block, PageOutline } from '../page-outline.ts'
import { earlierDayShown, type Told } from './day-shown.ts'
import { type Surroundings, surroundingsOf } from './surroundings.ts'
import { visibleAuthors } from './visible-author.ts'
import { visibleModified, visiblePublished } from './visible-date.ts'

const subtitleNames =
  /(?:^|[\s_-])(?:sub-?titles?|stand-?first|deck?|lead|lede|sub-?headlines?|sub-?heading|strapline|article-intro)(?:$|[\s_-])/
const sectionNames =
  /(?:^|[\s_-])(?:category|categories|cat-links|rubrics?|kicker|article-section)(?:$|[\s_-])/
const breadcrumbNames = /(?:^|[\s_-])(?:bread-?crumbs?|speedbar)(?:$|[\s_-])/
const mostTags = 50
const nearHeadline = 40
const subtitleColumns = { least: 20, most: 500 }

export interface VisibleClaims extends Claims {
  /** @see earlierDayShown */
  readonly earlierDay: (told: Told) => string | null
}

/**
 * Reads what a reader sees around the headline: for pages that tell machines nothing.
 */
export function readVisibleFields(
  outline: PageOutline,
  pageUrl: string,
  context: MomentContext,
): VisibleClaims {
  return new VisibleFields(outline, pageUrl, context)
}

/**
 * Fields are looked for when they are asked for, since most pages give them elsewhere. A class, because an object of
 * its own getters would hold on to its page until the whole heap is collected.
 */
class VisibleFields implements VisibleClaims {
  readonly title: string | null
  readonly language = noClaims.language
  readonly imageUrl = noClaims.imageUrl
  readonly excerpt = noClaims.excerpt
  readonly siteName = noClaims.siteName
  readonly #outline: PageOutline
  readonly #pageUrl: string
  readonly #context: MomentContext
  readonly #headline: Block | null
  readonly #around: readonly Block[]
  readonly #surroundings: Surroundings
  #authors: readonly string[] | null = null

  constructor(outline: PageOutline, pageUrl: string, context: MomentContext) {
    this.#outline = outline
    this.#pageUrl = pageUrl
    this.#context = context
    this.#headline = headlineOf(outline)
    this.#surroundings = surroundingsOf(outline, this.#headline)
    this.#around = this.#surroundings.around
    this.title = this.#headline === null ? null : lineTextOf(this.#headline.node)
  }

  get subtitle(): string | null {
    return subtitleOf(this.#around)
  }

  /** Asked for persons first, then for anybody. */
  get authors(): readonly string[] {
    return (this.#authors ??= visibleAuthors(this.#surroundings))
  }

  get published(): string | null {
    return visiblePublished(this.#surroundings, this.#pageUrl, this.#context)
  }

  earlierDay(told: Told): string | null {
    return earlierDayShown(told, this.#surroundings, this.#context)
  }

  get modified(): string | null {
    return visibleModified(this.#surroundings)
  }

  get section(): string | null {
    return linkTexts(this.#around, 'category')[0] ?? sectionOf(this.#outline, this.#around, this.#headline)
  }

  get tags(): string[] {
    return linkTexts(this.#around, 'tag')
  }

  get commentCount(): number | null {
    return commentCountOf(this.#outline, this.#pageUrl)
  }
}

function subtitleOf(around: readonly Block[]): string | null {
  for (const block of around.slice(0, 60)) {
    if (!subtitleNames.test(block.names) || /^h1$/.test(block.node.name)) continue
    const { least, most } = subtitleColumns
    if (block.flowText < least || block.flowText > most || block.flowLinkText * 2 > block.flowText) continue
    return textOf(block.node)
  }
  return null
}

/** Texts of links by their relation; what WordPress marks as a tag though it is a category is no tag. */
function linkTexts(around: readonly Block[], relation: 'category' | 'tag'): string[] {
  return around
    .filter(({ node }) => node.name === 'a' && node.attribs['rel'] !== undefined)
    .filter(({ node }) => relationOf(node) === relation)
    .slice(0, mostTags)
    .map(({ node }) => textOf(node))
}

function relationOf({ attribs, parent }: Element): 'category' | 'tag' | null {
  const relations = attribs['rel']?.split(/\s+/) ?? []
  if (relations.includes('category')) return 'category'
  if (!relations.includes('tag')) return null
  const box = parent !== null && isTag(parent) ? (parent.attribs['class'] ?? '') : ''
  return /\/categor(?:y|ies)\//.test(attribs['href'] ?? '') || /taxonomy-category/.test(box)
    ? 'category'
    : 'tag'
}

/** The link in a box that is named after sections, else the last step of the breadcrumbs above the headline. */
function sectionOf({ blocks }: PageOutline, around: readonly Block[], headline: Block | null): string | null {
  const linksIn = (box: Block) =>
    blocks
      .slice(box.index, box.end)
      .filter(({ node }) => node.name === 'a' && node.attribs['href'] !== undefined)
  const named = around.slice(0, nearHeadline * 2).find(({ names }) => sectionNames.test(names))
  const inBox = named === undefined ? [] : linksIn(named)
  if (inBox.length === 1) return inBox.map(({ node }) => textOf(node))[0] ?? null

  const trail = blocks.find(({ names, node }) => breadcrumbNames.test(names) && node.name !== 'body')
  if (trail === undefined || (headline !== null && trail.index > headline.index)) return null
  // The first step is the front page, and the article itself may be the last.
  const steps = linksIn(trail)
    .slice(1)
    .map(({ node }) => textOf(node).trim())
  const title = headline === null ? '' : textOf(headline.node).trim()
  return steps.findLast((step) => step !== '' && step !== title) ?? null
}

/** The number in a link to the page's own comments. */
function commentCountOf({ blocks }: PageOutline, pageUrl: string): number | null {
  for (const { node } of blocks) {
    const href = node.name === 'a' ? node.attribs['href'] : undefined
    if (href?.includes('#') !== true || !/#(?:comments?|respond|disqus_thread)$/.test(href)) continue
    const count = /^\D*(\d[\d\s.,]{0,9})\D*$/.exec(textOf(node))?.[1]?.replace(/\D/g, '')
    if (count !== undefined && isOwnAddress(href, pageUrl)) return Number(count)
  }
  return null
}

const isOwnAddress = (href: string, pageUrl: string): boolean =>
  URL.canParse(href, pageUrl) && isSamePage(new URL(href, pageUrl).href, pageUrl)
