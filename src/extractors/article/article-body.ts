import type { AnyNode } from 'domhandler'
import type { Layout } from '../../sites/site.ts'
import type { Page } from '../page.ts'
import type { FieldRule } from './article.ts'
import { measureBlocks } from './body/boilerplate.ts'
import { type Body, cleanBody } from './body/clean-body.ts'
import { certainExclusions, likelyExclusions, type Rule } from './body/clutter.ts'
import { bodyOfText } from './body/json-body.ts'
import { findMainText, type MainText, mainTextWithin } from './body/main-text.ts'
import type { ArticleFacts } from './body/findings.ts'
import { judgePassages } from './body/passage-judge.ts'
import { judgedSelection, ruledSelection, type Selection } from './body/selection.ts'
import { readStateBody } from './body/state-body.ts'
import { comparable } from './comparable-text.ts'
import { type Answer, answersOf, type Ballot, type Way } from './fields/answers.ts'
import { textOfMember } from './fields/json-ld.ts'
import type { LinkedPage } from './fields/linked-article.ts'
import { headlineOf } from './headline.ts'
import { elementsOf } from './layout.ts'
import { type OpeningPost, openingText } from './opening-post.ts'
import type { Block, PageOutline } from './page-outline.ts'

/** Characters of a body that may be a notice or a standfirst rather than the text. */
const shortBody = 200
/** The same on a page that is said to be behind a wall: the paragraphs before it. */
const shortWalledBody = 1_500
/** What is longer by so much is another text, not the same cleaned otherwise. */
const muchLonger = 2
/** Letters by which a text is told to begin as another. */
const beginning = 60

/** Where the page's markup has its text. */
export function findBody(
  { document }: Page,
  outline: PageOutline,
  layout: Layout | null,
  opening: OpeningPost | null,
): MainText | null {
  if (layout?.body !== undefined) {
    const named = new Set<AnyNode>(elementsOf(document, layout.body))
    const main = mainTextWithin(outline, named, 'layout')
    if (main !== null) return main
  }
  const found = findMainText(outline)
  return opening === null ? found : (openingText(outline, found, opening) ?? found)
}

/** What is known of the page when its body is read. */
interface Found {
  readonly main: MainText | null
  readonly linked: LinkedPage
  readonly facts: ArticleFacts
  readonly opening: OpeningPost | null
  readonly ballot: Ballot | null
}

/** The text in the markup; that of the JSON-LD or of a framework's state only where the markup has next to none. */
export function readBody(
  page: Page,
  outline: PageOutline,
  layout: Layout | null,
  found: Found,
): { body: Body; rule: FieldRule } {
  const { main, linked, facts, ballot } = found
  const inMarkup = bodyInMarkup(page, outline, layout, found)
  const ofMarkup: Answer<Body> = { rule: main?.rule ?? 'heuristic', value: inMarkup }
  const ofText = (raw: string | null): Body | null => (raw === null ? null : bodyOfText(raw, page.url))
  const others: readonly Way<Body>[] = [
    { rule: 'json-ld', read: () => ofText(wholeText(linked.article?.body ?? null, facts.description)) },
    { rule: 'state', read: () => ofText(readStateBody(outline.dataScripts, facts.title)) },
  ]
  const isBetter = ({ value: { text } }: Answer<Body>): boolean =>
    text.length > muchLonger * inMarkup.text.length &&
    (inMarkup.text.length < shortBody || beginsAs(text, inMarkup.text))
  const mayBeCut =
    main?.rule !== 'opening-post' &&
    inMarkup.text.length < (linked.article?.isWalled === true ? shortWalledBody : shortBody)
  const better = mayBeCut ? firstThat(isBetter, answersOf(others)) : undefined
  if (ballot !== null) {
    const all = [ofMarkup, ...answersOf(others)].filter(({ value }) => value.text !== '')
    const chosen = all.find(({ rule }) => rule === better?.rule)
    const ordered = chosen === undefined ? all : [chosen, ...all.filter((other) => other !== chosen)]
    ballot.set(
      'body',
      ordered.map(({ rule, value }) => ({ rule, value: value.text })),
    )
  }
  const { rule, value: body } = better ?? ofMarkup
  return { body, rule: body.text === '' ? 'none' : rule }
}

function firstThat<Value>(isWanted: (one: Value) => boolean, all: Iterable<Value>): Value | undefined {
  for (const one of all) if (isWanted(one)) return one
  return undefined
}

const beginsAs = (text: string, start: string): boolean =>
  comparable(text.slice(0, 10 * beginning)).startsWith(comparable(start).slice(0, beginning))

/** Left after one reading: the markup was escaped twice. */
const escapedTag = /<\/?(?:p|div|br|span|strong|em)\b[^<>]{0,200}>/i

/** A standfirst, or a text that ends in dots, is no body though the page calls it so. */
function wholeText(told: string | null, description: string | null): string | null {
  if (told === null) return null
  const text = (escapedTag.test(told) ? (textOfMember(told) ?? '') : told).trim()
  const isCut =
    /(?:…|\.\.\.)\s*(?:\[?(?:read more|weiterlesen|lire la suite|leer más|читать далее)\]?)?$/i.test(text)
  const isTeaser = description !== null && comparable(text).length <= comparable(description).length
  return isCut || isTeaser ? null : text
}

/** The text in the markup, whatever is told elsewhere. */
export function bodyInMarkup(
  { document, url }: Page,
  outline: PageOutline,
  layout: Layout | null,
  { main, facts, opening }: Pick<Found, 'main' | 'facts' | 'opening'>,
): Body {
  if (main === null) return { text: '', html: '' }
  const dropped = new Set<AnyNode>((layout?.drop ?? []).flatMap((css) => elementsOf(document, css)))
  for (const element of opening?.apart ?? []) dropped.add(element)
  return cleanBody(selectFrom(outline, main, facts, dropped), outline.blocks, url)
}

/** All of a post is its writer's; a site's layout is taken at its word; elsewhere each passage is judged. */
function selectFrom(
  outline: PageOutline,
  main: MainText,
  facts: ArticleFacts,
  dropped: ReadonlySet<AnyNode>,
): Selection {
  if (main.rule === 'opening-post')
    return ruledSelection(main, ({ node, kind }) => dropped.has(node) || kind.isUnshown)
  const isExcluded = askedOnce(
    certainExclusions(main, outline.blocks, {
      title: facts.title,
      dropped,
      headline: headlineOf(outline)?.index ?? -1,
    }),
    outline.blocks,
  )
  const isUnlikely = likelyExclusions(main, outline.blocks)
  const isLeftOut = (block: Block): boolean => isExcluded(block) || isUnlikely(block)
  if (main.rule === 'layout') return ruledSelection(main, isLeftOut)
  const kept = judgePassages(outline, {
    headline: headlineOf(outline)?.index ?? -1,
    main,
    isLeftOut,
    lenient: measureBlocks(outline, 'lenient'),
    ...facts,
  })
  return kept.includes(1)
    ? judgedSelection(outline.blocks, kept, { isExcluded, isLeftOut })
    : ruledSelection(main, isLeftOut)
}

/** Several steps ask the same of a block, and most answers take its text. */
function askedOnce(rule: Rule, blocks: readonly Block[]): Rule {
  const answers = new Uint8Array(blocks.length)
  return (block) => {
    const known = answers[block.index] ?? 0
    if (known !== 0) return known === 2
    const answer = rule(block)
    answers[block.index] = answer ? 2 : 1
    return answer
  }
}
