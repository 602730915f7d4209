import { isTag } from 'domhandler'
import { cleanAuthors, isLikeName } from '../../../normalise/author.ts'
import { lengthOfByline } from '../../../normalise/byline.ts'
import { lineTextOf } from '../line-text.ts'
import { metaLineOf } from '../meta-line.ts'
import type { Block } from '../page-outline.ts'
import { isAuthorLink, isProfileLink } from '../profile-link.ts'
import { isHelper, linesAfterLabels } from './author-label.ts'
import { isInTeaser, nearHeadline, type Surroundings } from './surroundings.ts'

/** Class and id words of bylines. */
const bylineNames =
  /(?:^|[\s_-])(?:by-?lines?(?:[_-]?\w*name)?|authors?(?:-?names?)?|authored-?by|written-?by|post-?author|entry-?author|article-?author|blog-?author|contributors?|writers?|autor(?:en)?|auteurs?)(?:$|[\s_-])/
/** Words of boxes about authors and of related things, which hold more than a name. */
const otherNames =
  /(?:^|[\s_-])(?:avatar|images?|img|photos?|bio|description|desc|about|social|follow|related|teasers?|cards?|footnotes?)(?:$|[\s_-])/

/** Class words of the name within such a box. */
const innerNames = /(?:^|[\s_-])(?:(?:author|full|display)?-?name)(?:$|[\s_-])/
/** Icons of a person, such as Font Awesome's. */
const personIcon =
  /(?:^|\s)(?:fa|bi|ti|ri|icon|icofont|glyphicon|dashicons)[\w-]*-(?:users?|person|author)(?:$|[\s-])/
/** Chinese lines name the reporter after the date and the source: "来源：云溪日报 记者：沈禾". */
const nameInLine =
  /(?:记者|記者|作者|撰文)\s?[:：/／]\s?([\p{sc=Han}]{2,4}(?:[、，][\p{sc=Han}]{2,4})*)(?![\p{sc=Han}])/u

const longestByline = 120
/** Elements of a box that are looked at: boxes may nest without end. */
const mostInBox = 60
const mostPersons = 12
const mostNameWords = 3

/**
 * The authors that a reader sees: names marked as authors, linked accounts and pages of authors near the headline,
 * bylines by their class, lines that begin with "By" and its like; near the headline first, then anywhere.
 */
export function visibleAuthors(page: Surroundings): string[] {
  const { around } = page
  const near = nearHeadline(page)
  const account = (blocks: readonly Block[]): string[] => ofAccounts(blocks, page, blocks === near)
  for (const way of [
    ofRelation,
    account,
    ofAuthorPages,
    ofNamedElements,
    ofLabelledLines,
    ofLabelElements,
    ofIcons,
  ]) {
    const names = way(near, page)
    if (names.length > 0) return names
  }
  for (const way of [ofRelation, account, ofOnlyNamedElement, ofLabelledLines, ofLabelElements]) {
    const names = way(around, page)
    if (names.length > 0) return names
  }
  return []
}

/** Links that say `rel=author`. */
function ofRelation(blocks: readonly Block[]): string[] {
  return blocks
    .filter(({ node }) => /\bauthor\b/.test(node.attribs['rel'] ?? ''))
    .slice(0, 3)
    .map(({ node }) => lineTextOf(node))
    .filter(isShort)
}

/** The account linked by the headline, or under the text in a line that says "Author". */
function ofAccounts(blocks: readonly Block[], page: Surroundings, isNear: boolean): string[] {
  const account = blocks.find(
    (link) =>
      isProfileLink(link.node) &&
      isShort(lineTextOf(link.node)) &&
      (isNear || isMetaLine(page.blocks[link.flow])),
  )
  return account === undefined ? [] : [lineTextOf(account.node)]
}

function isMetaLine(line: Block | undefined): boolean {
  if (line === undefined || line.flowBlocks > 0 || line.flowText > 200) return false
  return metaLineOf(lineTextOf(line.node)) !== null
}

/** Names that link to pages such as `/author/ann-lee`; who only helped counts where nobody else is named. */
function ofAuthorPages(blocks: readonly Block[], page: Surroundings): string[] {
  const links = blocks.filter(({ node }) => isAuthorLink(node))
  const authors = links.filter((link) => !isHelper(link, page))
  const names = (authors.length > 0 ? authors : links)
    .map(({ node }) => lineTextOf(node))
    .flatMap((line) => (isShort(line) ? namesOf(line) : []))
    .filter((name) => /\s|[\p{Lo}]{2}/u.test(name))
  return [...new Set(names)].slice(0, mostPersons)
}

/** Elements with the class or id of a byline; of a box, the name in it. */
function ofNamedElements(blocks: readonly Block[], page: Surroundings): string[] {
  return allNamed(blocks, page).next().value ?? []
}

/** The same far from the headline, where several names are those of other articles. */
function ofOnlyNamedElement(blocks: readonly Block[], page: Surroundings): string[] {
  let only: string[] = []
  for (const names of allNamed(blocks, page)) {
    if (only.length > 0 && only.join() !== names.join()) return []
    only = names
  }
  return only
}

function* allNamed(blocks: readonly Block[], page: Surroundings): Generator<string[], undefined> {
  for (const block of blocks) {
    if (block.names === '' || !bylineNames.test(block.names) || otherNames.test(block.names)) continue
    const line = block.node.name === 'body' ? '' : lineTextOf(block.node)
    if (!isShort(line) || isInTeaser(block, page)) continue
    const names = namesInBox(block, line, page)
    if (names.length > 0) yield names
  }
}

/** A box may hold what its author does, in another element and without a comma. */
function namesInBox(box: Block, line: string, { blocks }: Surroundings): string[] {
  const inner = blocks
    .slice(box.index + 1, Math.min(box.end, box.index + mostInBox))
    .filter((block) => innerNames.test(block.names) && !otherNames.test(block.names))
    .flatMap(({ node }) => namesOf(lineTextOf(node)))
  if (inner.length > 0) return [...new Set(inner)]
  const names = namesOf(line)
  if (names.every((name) => name.split(' ').length <= mostNameWords)) return names
  const [first] = box.node.children
    .filter(isTag)
    .flatMap((child) => (child.children.length === 1 ? [child] : [child, ...child.children.filter(isTag)]))
    .map((child) => namesOf(lineTextOf(child)))
    .filter((inner) => inner.length > 0 && inner.every((name) => line.includes(name)))
    .toSorted((a, b) => a.join(' ').length - b.join(' ').length)
  return first ?? names
}

/** Short lines that begin with the words of a byline; a menu's "By company size" is a link as a whole. */
function ofLabelledLines(blocks: readonly Block[]): string[] {
  for (const { node, flowText, ownText, isInLink } of blocks) {
    if (ownText === 0 || flowText > longestByline || isInLink) continue
    const line = lineTextOf(node)
    if (!isShort(line)) continue
    const signed = lengthOfByline(line) > 0 ? line : nameInLine.exec(line)?.[1]
    const names = signed === undefined ? [] : namesOf(signed)
    if (names.length > 0) return names
  }
  return []
}

/** Names after a label in an element of its own. */
function ofLabelElements(blocks: readonly Block[], page: Surroundings): string[] {
  for (const lines of linesAfterLabels(blocks, page)) {
    const names = lines.filter(isShort).flatMap(namesOf)
    if (names.length > 0) return names.slice(0, mostPersons)
  }
  return []
}

/** The full name beside the icon of a person; above the headline and in links, such icons are for signing in. */
function ofIcons(blocks: readonly Block[], page: Surroundings): string[] {
  const icon = blocks.find(
    ({ index, names, isInLink, flowText }) =>
      index > page.headline && !isInLink && flowText <= longestByline && personIcon.test(names),
  )
  const line = icon === undefined ? undefined : page.blocks[icon.parent]
  const text = line === undefined ? '' : lineTextOf(line.node)
  return isShort(text) ? namesOf(text).filter((name) => name.includes(' ')) : []
}

function namesOf(line: string): string[] {
  return cleanAuthors([line]).filter(isLikeName)
}

const isShort = (text: string): boolean => text.length > 0 && text.length <= longestByline
