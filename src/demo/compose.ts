import { composeComment, composeThread } from './compose-thread.ts'
import { drawScene, fill, type Lexicon, type Scene, slugOf, type Story } from './lexicon.ts'
import type { DemoArticle, DemoComment, DemoSite, Habits, SiteProfile } from './model.ts'
import type { Random } from './random.ts'

interface Amounts {
  readonly articles: number
  /** The usual number of comments; threads hold from none to three times as many. */
  readonly comments: number
  /** Nothing is younger than this. */
  readonly now: Date
}

const hour = 3_600_000

/** Makes a site with all its articles and threads. The same seed and amounts give the same site. */
export function composeSite(
  profile: SiteProfile,
  origin: string,
  amounts: Amounts,
  random: Random,
): DemoSite {
  const { firstArticleId, firstCommentId, ...rest } = profile
  const site: DemoSite = {
    ...rest,
    origin,
    random,
    articles: [],
    nextArticleId: firstArticleId,
    nextCommentId: firstCommentId,
  }
  let age = 3 * hour + random.integer(0, 3_599) * 1_000
  for (let index = 0; index < amounts.articles; index += 1) {
    const source = random.fork(`${profile.id} article ${index}`)
    const publishedAt = roundTime(new Date(amounts.now.getTime() - age), profile.habits)
    const article = composeArticle(site, publishedAt, source)
    if (index === 1 && profile.habits.hasTextPages) article.paragraphsPerPage = 2
    const count = threadSize(index, amounts.comments, source)
    article.comments.push(...composeThread(profile, article, count, amounts.now, source))
    article.changedAt = newest([publishedAt, ...article.comments.map((comment) => comment.publishedAt)])
    site.articles.push(article)
    age += source.integer(2 * 3_600, 14 * 3_600) * 1_000
  }
  if (profile.habits.deletion === 'tombstone') leaveTombstone(site)
  numberInOrderOfTime(site)
  return site
}

/** Adds an article to the top of the site, with a first comment. */
export function publishArticle(site: DemoSite, at: Date): DemoArticle {
  const publishedAt = roundTime(at, site.habits)
  const article = composeArticle(site, publishedAt, site.random)
  article.id = site.nextArticleId
  site.nextArticleId += 1
  site.articles.unshift(article)
  addComment(site, article, null, publishedAt)
  return article
}

/** Adds a reader's comment to a thread; its id is the site's next. */
export function addComment(
  site: DemoSite,
  article: DemoArticle,
  parent: DemoComment | null,
  at: Date,
): DemoComment {
  const publishedAt = roundTime(at, site.habits)
  const comment = composeComment(site, article, parent, publishedAt, site.random)
  comment.id = site.nextCommentId
  site.nextCommentId += 1
  article.comments.push(comment)
  article.changedAt = newest([article.changedAt, publishedAt])
  return comment
}

function composeArticle({ lexicon, articles }: DemoSite, publishedAt: Date, random: Random): DemoArticle {
  const topic = random.pick(lexicon.topics)
  const scene = drawScene(lexicon, random)
  const story = random.pick(topic.stories)
  const title = fill(story.title, scene, random)
  const section = lexicon.sections.find(({ slug }) => slug === topic.section)
  if (!section) throw new RangeError(`the ${lexicon.language} lexicon has no section "${topic.section}"`)
  return {
    id: 0,
    slug: freeSlug(slugOf(title), articles),
    title,
    paragraphs: composeParagraphs(lexicon, story, scene, random),
    authors: random.sample(lexicon.writers, random.chance(0.2) ? 2 : 1),
    section,
    paragraphsPerPage: null,
    tags: [...random.sample(topic.tags, random.integer(1, topic.tags.length)), scene.place.name],
    publishedAt,
    modifiedAt: publishedAt,
    changedAt: publishedAt,
    comments: [],
    scene,
  }
}

/** Two articles of a site never share an address: the second gets a number, as in WordPress. */
function freeSlug(slug: string, articles: readonly DemoArticle[]): string {
  const isTaken = (candidate: string): boolean => articles.some((article) => article.slug === candidate)
  let free = slug
  for (let number = 2; isTaken(free); number += 1) free = `${slug}-${number}`
  return free
}

function composeParagraphs(lexicon: Lexicon, story: Story, scene: Scene, random: Random): string[] {
  const details = random.sample(lexicon.details, 3)
  const statements = random.sample(lexicon.statements, 2)
  const background = random.sample(lexicon.background, 3)
  const plan = [
    [story.lead, story.details[0]],
    [story.details[1], details[0]],
    [statements[0], background[0]],
    [details[1], statements[1], details[2]],
    [background[1], background[2]],
  ]
  return plan
    .slice(0, random.integer(4, plan.length))
    .map((sentences) =>
      sentences.flatMap((sentence) => (sentence ? [fill(sentence, scene, random)] : [])).join(' '),
    )
}

function threadSize(index: number, usual: number, random: Random): number {
  if (index === 1) return usual * 3
  if (index % 6 === 5) return 0
  return random.integer(Math.ceil(usual / 3), Math.ceil(usual * 1.6))
}

/** Where the engine marks a deletion, the longest thread starts with one such mark. */
function leaveTombstone(site: DemoSite): void {
  const comments = site.articles[1]?.comments ?? []
  const answered = comments.find((comment) => comments.some(({ parent }) => parent === comment))
  if (answered) answered.removedAt = new Date(answered.publishedAt.getTime() + hour / 2)
}

/** Engines count articles and comments over the whole site as they come in. */
function numberInOrderOfTime(site: DemoSite): void {
  for (const article of site.articles.toReversed()) {
    article.id = site.nextArticleId
    site.nextArticleId += 1
  }
  const comments = site.articles
    .flatMap((article) => article.comments)
    .toSorted((one, other) => one.publishedAt.getTime() - other.publishedAt.getTime())
  for (const comment of comments) {
    comment.id = site.nextCommentId
    site.nextCommentId += 1
  }
}

/** Cuts off what the engine does not keep, so that nothing moves into the future. */
function roundTime(time: Date, { precision }: Habits): Date {
  const cut = new Date(time)
  if (precision === 'minute') cut.setUTCSeconds(0, 0)
  else cut.setUTCMilliseconds(0)
  return cut
}

function newest(times: readonly Date[]): Date {
  return new Date(Math.max(...times.map((time) => time.getTime())))
}
