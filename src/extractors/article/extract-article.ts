import type { AnyNode } from 'domhandler'
import type { MomentContext } from '../../normalise/date.ts'
import { normaliseLanguage } from '../../normalise/language.ts'
import { cleanLine } from '../../normalise/text.ts'
import type { Layout, Site } from '../../sites/site.ts'
import type { Page } from '../page.ts'
import type { Article, ArticleField, FieldRule } from './article.ts'
import { measureBlocks } from './body/boilerplate.ts'
import { type Body, cleanBody } from './body/clean-body.ts'
import { certainExclusions, type Exclusions, likelyExclusions } from './body/clutter.ts'
import { chooseFields, type Fields, type Source } from './fields/fields.ts'
import { articleUrl, nativeIdOf } from './identity.ts'
import { headlineOf } from './headline.ts'
import { isArticlePage } from './is-article.ts'
import { bodyOfText } from './body/json-body.ts'
import { readJsonLd } from './fields/json-ld.ts'
import { elementsOf, layoutOn, readLayout } from './layout.ts'
import { type LinkedPage, readLinkedPage } from './fields/linked-article.ts'
import { findMainText, type MainText, mainTextWithin } from './body/main-text.ts'
import { readMetadata } from './fields/metadata.ts'
import { readMicrodata } from './fields/microdata.ts'
import { type Block, outlinePage, type PageOutline } from './page-outline.ts'
import { judgePassages } from './body/passage-judge.ts'
import { judgedSelection, ruledSelection, type Selection } from './body/selection.ts'
import { readStateBody } from './body/state-body.ts'
import { readVisibleFields } from './fields/visible-fields.ts'

/** The part of a site that extraction depends on. */
export type ExtractionSite = Pick<Site, 'layouts' | 'language' | 'articlePath' | 'url'> & {
  /** Zone of times without an offset. */
  readonly timezone: string
}

const shortBody = 200
const longestStub = 1_500

/**
 * Reads the article that a page shows. Each field is taken from the first source that has it: the site's
 * layout, JSON-LD, metadata, microdata, then what is visible around the headline; `rules` keeps which.
 * The page is not changed.
 */
export function extractArticle(page: Page, site: ExtractionSite): Article {
  const outline = outlinePage(page.document)
  const layout = layoutOn(site.layouts, page.fetchedAt)
  const linked = readLinkedPage(readJsonLd(outline.linkedData), page.url)
  const fields = readFields(page, site, outline, layout, linked)
  const main = findBody(page, outline, layout)
  const { title, excerpt, subtitle } = fields
  const description = excerpt.value ?? subtitle.value
  const { body, rule } = readBody(page, outline, layout, { main, linked, title: title.value, description })
  const canonicalUrl = articleUrl(outline, page.url)
  const language = fields.language.value ?? site.language
  return {
    canonicalUrl,
    nativeId: nativeIdOf(page, outline, canonicalUrl, site.articlePath),
    ...valuesOf(fields),
    language,
    bodyText: body.text,
    bodyHtml: body.html,
    isWalled: isStub(outline, linked, body),
    isArticle: isArticlePage({
      pageUrl: page.url,
      canonicalUrl,
      articlePath: site.articlePath,
      outline,
      linked,
      main,
      title: fields.title.value,
      bodyText: body.text,
      publishedRule: linked.article === null ? weaker(fields.publishedAt.rule) : fields.publishedAt.rule,
    }),
    rules: rulesOf(fields, rule, language),
  }
}

/** Every page of a site has times in its JSON-LD, where only articles should. */
const weaker = (rule: FieldRule): FieldRule => (rule === 'json-ld' ? 'heuristic' : rule)

function readFields(
  page: Page,
  site: ExtractionSite,
  outline: PageOutline,
  layout: Layout | null,
  linked: LinkedPage,
): Fields {
  const metadata = readMetadata(outline)
  const language = normaliseLanguage(metadata.language) ?? site.language
  const moment: MomentContext = { timezone: site.timezone, fetchedAt: page.fetchedAt, language }
  const visible = readVisibleFields(outline, page.url, moment)
  const sources: Source[] = [
    { rule: 'layout', claims: readLayout(page, layout) },
    ...(linked.article === null ? [] : [{ rule: 'json-ld', claims: linked.article.claims } as const]),
    { rule: 'metadata', claims: metadata },
    { rule: 'microdata', claims: readMicrodata(outline) },
    { rule: 'heuristic', claims: visible },
    { rule: 'json-ld', claims: linked.times },
  ]
  const siteName = metadata.siteName ?? linked.article?.claims.siteName ?? null
  return chooseFields(sources, moment, {
    headline: cleanLine(visible.title),
    documentTitle: outline.titleTag,
    isNews: linked.article?.isNews === true,
    organisations: linked.article?.organisations ?? [],
    siteName,
    pageUrl: page.url,
    earlierDayShown: (told) => visible.earlierDay(told),
  })
}

function findBody({ document }: Page, outline: PageOutline, layout: Layout | null): MainText | null {
  if (layout?.body === undefined) return findMainText(outline)
  const named = new Set<AnyNode>(elementsOf(document, layout.body))
  return mainTextWithin(outline, named) ?? findMainText(outline)
}

interface Found {
  readonly main: MainText | null
  readonly linked: LinkedPage
  readonly title: string | null
  readonly description: string | null
}

/** The text in the markup; that of the JSON-LD or of a framework's state only where the markup has next to none. */
function readBody(
  { document, url }: Page,
  outline: PageOutline,
  layout: Layout | null,
  { main, linked, title, description }: Found,
): { body: Body; rule: FieldRule } {
  const dropped = new Set<AnyNode>((layout?.drop ?? []).flatMap((css) => elementsOf(document, css)))
  const body: Body =
    main === null
      ? { text: '', html: '' }
      : cleanBody(selectFrom(outline, main, { title, dropped }, description), outline.blocks, url)
  const told = linked.article?.body ?? null
  if (body.text.length < shortBody) {
    const isLonger = (text: string | null): text is string =>
      text !== null && text.length > 2 * body.text.length
    if (isLonger(told)) return { body: bodyOfText(told, url), rule: 'json-ld' }
    const kept = readStateBody(outline.dataScripts, title)
    if (isLonger(kept)) return { body: bodyOfText(kept, url), rule: 'state' }
  }
  if (body.text === '') return { body, rule: 'none' }
  return { body, rule: main?.rule ?? 'heuristic' }
}

/** A site's layout is taken at its word; elsewhere each passage is judged. */
function selectFrom(
  outline: PageOutline,
  main: MainText,
  exclusions: Exclusions,
  description: string | null,
): Selection {
  const isExcluded = certainExclusions(main, outline.blocks, exclusions)
  const isUnlikely = likelyExclusions(main, outline.blocks)
  const isLeftOut = (block: Block): boolean => isExcluded(block) || isUnlikely(block)
  if (main.rule === 'layout') return ruledSelection(main, isLeftOut)
  const kept = judgePassages(outline, {
    title: exclusions.title,
    description,
    headline: headlineOf(outline)?.index ?? -1,
    main,
    isLeftOut,
    lenient: measureBlocks(outline, 'lenient'),
  })
  return kept.includes(1)
    ? judgedSelection(outline.blocks, kept, { isExcluded, isLeftOut })
    : ruledSelection(main, isLeftOut)
}

const wallNames =
  /(?:^|[\s_-])(?:paywall\w*|regwall|subscriber-only|premium-(?:wall|content)|piano-offer)(?:$|[\s_-])/

/** A page behind a wall still counts as whole when all of its text is there. */
function isStub({ blocks }: PageOutline, { article }: LinkedPage, body: Body): boolean {
  if (body.text.length > longestStub) return false
  return article?.isWalled === true || blocks.some(({ names }) => names !== '' && wallNames.test(names))
}

type ChosenValues = Omit<
  Article,
  'canonicalUrl' | 'nativeId' | 'bodyText' | 'bodyHtml' | 'isWalled' | 'isArticle' | 'rules'
>

function valuesOf(fields: Fields): ChosenValues {
  return {
    title: fields.title.value,
    subtitle: fields.subtitle.value,
    authors: fields.authors.value,
    section: fields.section.value,
    tags: fields.tags.value,
    language: fields.language.value,
    publishedAt: fields.publishedAt.value,
    publishedLocal: fields.publishedLocal.value,
    modifiedAt: fields.modifiedAt.value,
    excerpt: fields.excerpt.value,
    imageUrl: fields.imageUrl.value,
    siteName: fields.siteName.value,
    commentCount: fields.commentCount.value,
  }
}

function rulesOf(fields: Fields, body: FieldRule, language: string | null): Record<ArticleField, FieldRule> {
  const spoken = fields.language.rule
  return {
    title: fields.title.rule,
    subtitle: fields.subtitle.rule,
    authors: fields.authors.rule,
    publishedAt: fields.publishedAt.rule,
    modifiedAt: fields.modifiedAt.rule,
    section: fields.section.rule,
    tags: fields.tags.rule,
    language: spoken === 'none' && language !== null ? 'heuristic' : spoken,
    imageUrl: fields.imageUrl.rule,
    body,
  }
}
