import { fill, type Lexicon } from './lexicon.ts'
import { type DemoArticle, type DemoAuthor, type DemoComment, levelOf, type SiteProfile } from './model.ts'
import type { Random } from './random.ts'

type Writer = Pick<SiteProfile, 'lexicon' | 'habits'>

const day = 86_400_000

/** Makes `count` comments under an article, oldest first; ids are given later. */
export function composeThread(
  writer: Writer,
  article: DemoArticle,
  count: number,
  now: Date,
  random: Random,
): DemoComment[] {
  const comments: DemoComment[] = []
  for (const publishedAt of drawTimes(writer, article, count, now, random)) {
    if (writer.habits.hasPings && random.chance(0.06)) {
      comments.push(composePing(writer.lexicon, article, publishedAt, random))
      continue
    }
    const parent = drawParent(writer, comments, random)
    comments.push(composeComment(writer, { ...article, comments }, parent, publishedAt, random))
  }
  return comments
}

/** One reader's comment. Nobody answers himself, so that a quoted name is never ambiguous. */
export function composeComment(
  { lexicon, habits }: Writer,
  article: DemoArticle,
  parent: DemoComment | null,
  publishedAt: Date,
  random: Random,
): DemoComment {
  return {
    id: 0,
    parent: habits.quotes === 'reference' ? null : parent,
    author: drawAuthor(lexicon, habits.hasDisplayNames, parent, random),
    publishedAt,
    quotes: drawQuotes(habits.quotes, article, parent, random),
    paragraphs: composeText(lexicon, article, parent !== null, random),
    likes: habits.hasVotes ? random.integer(0, 24) : 0,
    dislikes: habits.hasVotes ? random.integer(0, 7) : 0,
    isPing: false,
    editedAt: null,
    removedAt: null,
  }
}

/** Most comments come soon after the article: the square of an even spread. */
function drawTimes(
  { habits }: Writer,
  { publishedAt }: DemoArticle,
  count: number,
  now: Date,
  random: Random,
): Date[] {
  const start = publishedAt.getTime() + 60_000
  const span = Math.max(0, Math.min(3 * day, now.getTime() - start))
  const unit = habits.precision === 'minute' ? 60_000 : 1_000
  return Array.from({ length: count }, () => start + span * random.next() ** 2)
    .toSorted((one, other) => one - other)
    .map((time) => new Date(Math.floor(time / unit) * unit))
}

function drawParent({ habits }: Writer, earlier: readonly DemoComment[], random: Random): DemoComment | null {
  if (!random.chance(0.68)) return null
  const open = earlier.filter((comment) => !comment.isPing && levelOf(comment) < habits.depth)
  if (open.length === 0) return null
  const recent = open.slice(-4)
  return random.pick(random.chance(0.7) ? recent : open)
}

function drawAuthor(
  { members, guests }: Lexicon,
  hasDisplayNames: boolean,
  parent: DemoComment | null,
  random: Random,
): DemoAuthor {
  if (random.chance(0.2)) {
    const name = random.pick(guests.filter((guest) => guest !== parent?.author.name))
    return { name, display: null, memberId: null }
  }
  const member = random.pick(members.filter(({ name }) => name !== parent?.author.name))
  const display = hasDisplayNames ? member.display : null
  return { name: member.name, display, memberId: members.indexOf(member) + 1 }
}

function drawQuotes(
  kind: Writer['habits']['quotes'],
  { comments }: DemoArticle,
  parent: DemoComment | null,
  random: Random,
): DemoComment['quotes'] {
  if (parent === null || (kind !== 'reference' && !random.chance(0.4))) return []
  const quoted = [parent]
  const others = comments.filter(({ author }) => author.name !== parent.author.name)
  // In a tree the quote must be the parent's: readers of capped trees take it as a hint of the parent.
  if (kind === 'reference' && others.length > 0 && random.chance(0.2)) quoted.push(random.pick(others))
  return quoted.map((of) => ({ of, text: of.paragraphs[0]?.split('\n')[0] ?? '' }))
}

function composeText(lexicon: Lexicon, { scene }: DemoArticle, isReply: boolean, random: Random): string[] {
  const pool = isReply ? [...lexicon.replies, ...lexicon.replies, ...lexicon.opinions] : lexicon.opinions
  const sentences = random.sample(pool, random.integer(1, 5))
  if (random.chance(0.25)) sentences.push(random.pick(lexicon.awkward))
  const filled = [...new Set(sentences)].map((sentence) => fill(sentence, scene, random))
  const paragraphs: string[] = []
  while (filled.length > 0) {
    const size = random.integer(1, 3)
    paragraphs.push(filled.splice(0, size).join(random.chance(0.15) ? '\n' : ' '))
  }
  return paragraphs
}

/** Another site's link: its name, and an excerpt in brackets. */
function composePing(
  { details }: Lexicon,
  { scene }: DemoArticle,
  publishedAt: Date,
  random: Random,
): DemoComment {
  return {
    id: 0,
    parent: null,
    author: { name: `${scene.neighbour.name} Observer`, display: null, memberId: null },
    publishedAt,
    quotes: [],
    paragraphs: [`[…] ${fill(random.pick(details), scene, random)} […]`],
    likes: 0,
    dislikes: 0,
    isPing: true,
    editedAt: null,
    removedAt: null,
  }
}
