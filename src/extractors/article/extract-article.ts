import type { MomentContext } from '../../normalise/date.ts'
import { normaliseLanguage } from '../../normalise/language.ts'
import { cleanLine } from '../../normalise/text.ts'
import type { Layout, Site } from '../../sites/site.ts'
import type { Page } from '../page.ts'
import type { Article, ArticleField, FieldRule } from './article.ts'
import { bodyInMarkup, findBody, readBody } from './article-body.ts'
import type { Body } from './body/clean-body.ts'
import type { Ballot } from './fields/answers.ts'
import { chooseFields, type Fields, type Source } from './fields/fields.ts'
import { articleUrl, nativeIdOf } from './identity.ts'
import { isArticlePage } from './is-article.ts'
import { readJsonLd } from './fields/json-ld.ts'
import { layoutOn, readLayout } from './layout.ts'
import { type LinkedPage, readLinkedPage } from './fields/linked-article.ts'
import { readMetadata } from './fields/metadata.ts'
import { readMicrodata } from './fields/microdata.ts'
import { readState } from './fields/state-claims.ts'
import type { ArticleFacts } from './body/findings.ts'
import { outlinePage, type PageOutline } from './page-outline.ts'
import {
  claimsOfOpening,
  isLaterPage,
  isOfPosts,
  type OpeningPost,
  type TopicPage,
  withoutScripts,
} from './opening-post.ts'
import { type ArticleParts, findParts } from './parts.ts'
import type { Told } from './fields/day-shown.ts'
import { isTopic } from './topic-of-posts.ts'
import { readVisibleFields } from './fields/visible-fields.ts'

/** The part of a site that extraction depends on. */
export type ExtractionSite = Pick<Site, 'layouts' | 'language' | 'articlePath' | 'url'> & {
  /** Zone of times without an offset. */
  readonly timezone: string
}

const longestStub = 1_500

/**
 * Reads the article that a page shows. Each field is taken from the first source that has it: the site's
 * layout, the opening post of a forum's topic, JSON-LD, metadata, microdata, then what is visible around the headline,
 * then the state of a framework; `rules` keeps which.
 * The page is not changed.
 * @param ballot takes down what the other sources answer.
 */
export function extractArticle(page: Page, site: ExtractionSite, ballot: Ballot | null = null): Article {
  return extractArticlePage(page, site, ballot).article
}

/**
 * The article of a page, and the parts that it is split into; null where it is whole.
 * @param topicOfEngine of a forum, where the page shows one.
 */
export function extractArticlePage(
  page: Page,
  site: ExtractionSite,
  ballot: Ballot | null = null,
  topicOfEngine: TopicPage | null = null,
): { article: Article; parts: ArticleParts | null; isCalledArticle: boolean } {
  const reading = readPage(page, site, ballot, topicOfEngine)
  const { outline, layout, linked, fields, main, topic } = reading
  const { body, rule } = readBody(page, outline, layout, reading)
  const language = fields.language.value ?? site.language
  const rules = rulesOf(fields, isOfPosts(topic, rule) ? 'posts' : rule, language)
  // The further pages of a topic are answers.
  const parts = isTopic({ rules }) ? null : findParts(outline, page.url, main)
  const canonicalUrl = parts?.firstUrl ?? articleUrl(outline, page.url)
  const article: Article = {
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
      isLaterPage: isLaterPage(topic),
      title: fields.title.value,
      bodyText: body.text,
      publishedRule: linked.article === null ? weaker(fields.publishedAt.rule) : fields.publishedAt.rule,
    }),
    rules,
  }
  return {
    article,
    parts: article.isArticle || parts?.firstUrl != null ? parts : null,
    isCalledArticle: isCalledArticle(outline, linked),
  }
}

/** The text of a page that is a later part of an article; what is told elsewhere is the text of all of it. */
export function extractPart(page: Page, site: ExtractionSite): { body: Body; parts: ArticleParts | null } {
  const reading = readPage(page, site, null, null)
  const { outline, layout, main } = reading
  return {
    body: bodyInMarkup(page, outline, layout, reading),
    parts: findParts(outline, page.url, main),
  }
}

/** By its JSON-LD, or by what it tells social networks. */
const isCalledArticle = ({ metas }: PageOutline, { article }: LinkedPage): boolean =>
  article === null ? metas.get('og:type')?.[0]?.toLowerCase() === 'article' : !article.isPost

/** What is known of the article before its text is; the judge of passages is trained with it. */
export const readFacts = (page: Page, site: ExtractionSite): ArticleFacts =>
  readPage(page, site, null, null).facts

function readPage(page: Page, site: ExtractionSite, ballot: Ballot | null, shown: TopicPage | null) {
  const post = shown?.opening ?? null
  const outline = outlinePage(page.document, post === null ? null : withoutScripts(post))
  const layout = layoutOn(site.layouts, page.fetchedAt)
  const linked = readLinkedPage(readJsonLd(outline.linkedData), page.url)
  // Under what a page calls an article posts are comments.
  const topic = linked.article?.isPost === false ? null : shown
  const main = findBody(page, outline, layout, topic === null ? null : post)
  const opening = main?.rule === 'opening-post' ? post : null
  const fields = readFields(page, site, { outline, layout, linked, opening, ballot })
  const facts: ArticleFacts = {
    title: fields.title.value,
    description: fields.excerpt.value ?? fields.subtitle.value,
    authors: fields.authors.value,
    siteName: fields.siteName.value,
  }
  return { outline, layout, linked, fields, main, facts, opening, topic, ballot }
}

interface Read {
  readonly outline: PageOutline
  readonly layout: Layout | null
  readonly linked: LinkedPage
  readonly opening: OpeningPost | null
  readonly ballot: Ballot | null
}

/** Every page of a site has times in its JSON-LD, where only articles should. */
const weaker = (rule: FieldRule): FieldRule => (rule === 'json-ld' ? 'heuristic' : rule)

function readFields(page: Page, site: ExtractionSite, read: Read): Fields {
  const { outline, layout, linked, opening, ballot } = read
  const metadata = readMetadata(outline)
  const language = normaliseLanguage(metadata.language) ?? site.language
  const moment: MomentContext = { timezone: site.timezone, fetchedAt: page.fetchedAt, language }
  const visible = readVisibleFields(outline, page.url, moment)
  const sources: Source[] = [
    { rule: 'layout', claims: readLayout(page, layout) },
    ...(opening === null ? [] : [{ rule: 'opening-post', claims: claimsOfOpening(opening) } as const]),
    ...(linked.article === null ? [] : [{ rule: 'json-ld', claims: linked.article.claims } as const]),
    { rule: 'metadata', claims: metadata },
    { rule: 'microdata', claims: readMicrodata(outline) },
    { rule: 'heuristic', claims: visible },
    { rule: 'json-ld', claims: linked.times },
    { rule: 'state', claims: readState(outline, [metadata.title, visible.title]) },
  ]
  const siteName = metadata.siteName ?? linked.article?.claims.siteName ?? null
  const evidence = {
    headline: cleanLine(visible.title),
    documentTitle: outline.titleTag,
    isNews: linked.article?.isNews === true,
    organisations: linked.article?.organisations ?? [],
    siteName,
    pageUrl: page.url,
    earlierDayShown: (told: Told) => visible.earlierDay(told),
  }
  return chooseFields(sources, moment, evidence, ballot)
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
