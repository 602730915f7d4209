import { drawScene, fill, type Scene, slugOf } from '../../../src/demo/lexicon.ts'
import { createRandom, type Random } from '../../../src/demo/random.ts'
import { texturize } from '../../../src/demo/wordpress-typography.ts'
import { english } from '../../../src/demo/words-english.ts'

export interface BenchComment {
  readonly id: number
  readonly author: string
  readonly publishedAt: Date
  readonly paragraphs: readonly string[]
  readonly replies: BenchComment[]
}

export interface BenchArticle {
  readonly id: number
  readonly path: string
  readonly title: string
  readonly author: string
  readonly section: string
  readonly tags: readonly string[]
  readonly publishedAt: Date
  readonly paragraphs: readonly string[]
  /** Root comments; twenty in all with their replies. */
  readonly comments: readonly BenchComment[]
  /** Characters that the article's page is to have, at least. */
  readonly pageSize: number
  /** For what the page says besides. */
  readonly random: Random
}

export const COMMENTS_PER_ARTICLE = 20
const SEED = 20_260_301
const FIRST_ARTICLE = 41_000
const FIRST_COMMENT = 900_000
/** WordPress nests five levels by default; one less, so that no parent is a guess. */
const DEEPEST = 3
const START = Date.UTC(2026, 0, 5, 6)
const MINUTE = 60_000

/** The articles of a made-up newsroom, the same at every start; the first `count` of an endless row. */
export function composeArticles(count: number): BenchArticle[] {
  const source = createRandom(SEED)
  return Array.from({ length: count }, (_, index) => composeArticle(index, source.fork(`article ${index}`)))
}

function composeArticle(index: number, random: Random): BenchArticle {
  const topic = random.pick(english.topics)
  const story = random.pick(topic.stories)
  const scene = drawScene(english, random)
  const write = (sentence: string) => fill(sentence, scene, random)
  const title = texturize(write(story.title))
  const publishedAt = new Date(START + index * 37 * MINUTE)
  const sentences = [...english.details, ...english.statements, ...english.background]
  const body = Array.from({ length: random.integer(9, 16) }, () =>
    random.sample(sentences, random.integer(2, 4)).map(write).join(' '),
  )
  const month = String(publishedAt.getUTCMonth() + 1).padStart(2, '0')
  return {
    id: FIRST_ARTICLE + index,
    path: `/${publishedAt.getUTCFullYear()}/${month}/${slugOf(title)}-${FIRST_ARTICLE + index}/`,
    title,
    author: random.pick(english.writers),
    section: topic.section,
    tags: topic.tags,
    publishedAt,
    paragraphs: [write(story.lead), ...story.details.map(write), ...body],
    comments: composeThread(index, publishedAt, scene, random),
    pageSize: random.integer(62_000, 95_000),
    random: random.fork('page'),
  }
}

function composeThread(index: number, publishedAt: Date, scene: Scene, random: Random): BenchComment[] {
  const roots: BenchComment[] = []
  const answerable: { comment: BenchComment; depth: number }[] = []
  for (let place = 0; place < COMMENTS_PER_ARTICLE; place += 1) {
    const parent = random.chance(0.45) && answerable.length > 0 ? random.pick(answerable) : null
    const comment = {
      id: FIRST_COMMENT + index * COMMENTS_PER_ARTICLE + place,
      author: random.chance(0.6) ? random.pick(english.members).name : random.pick(english.guests),
      publishedAt: new Date(publishedAt.getTime() + (place + 1) * 11 * MINUTE + random.integer(0, 59) * 1000),
      paragraphs: composeComment(parent !== null, scene, random),
      replies: [],
    }
    ;(parent?.comment.replies ?? roots).push(comment)
    const depth = parent === null ? 0 : parent.depth + 1
    if (depth < DEEPEST) answerable.push({ comment, depth })
  }
  return roots
}

function composeComment(isReply: boolean, scene: Scene, random: Random): string[] {
  const words = isReply ? english.replies : english.opinions
  const all = random.chance(0.1) ? [...words, ...english.awkward] : words
  return Array.from({ length: random.integer(1, 3) }, () =>
    random
      .sample(all, random.integer(1, 3))
      .map((sentence) => fill(sentence, scene, random))
      .join(' '),
  )
}
