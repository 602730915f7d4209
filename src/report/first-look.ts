import type { Article } from '../extractors/article/article.ts'
import type { IncompleteReason } from '../extractors/comments/platform.ts'

/** What the generic way made of one article of a site that nobody declared yet. */
export interface LookedAt {
  readonly article: Article
  /** Null when the page has no thread of a known platform. */
  readonly thread: {
    readonly platform: string
    readonly held: number
    readonly reported: number | null
    readonly incomplete: IncompleteReason | null
  } | null
}

const NAME = 12
const MOST_WORDS = 88
/** Shorter texts are more often a caption or a cookie notice than an article. */
const FEW_CHARACTERS = 200

/** Each article for a person at a terminal: what is stored of it, and what looks wrong. */
export function renderFirstLook(pages: readonly LookedAt[]): string {
  return pages.map((page) => [page.article.canonicalUrl, ...factLines(page), ''].join('\n')).join('\n')
}

function factLines(page: LookedAt): string[] {
  const { article } = page
  const { rules, bodyText } = article
  const facts = [
    ['title', `${article.title ?? '—'} (${rules.title})`],
    ['authors', `${article.authors.join(', ') || '—'} (${rules.authors})`],
    ['published', `${article.publishedLocal ?? '—'} (${rules.publishedAt})`],
    ['language', article.language ?? '—'],
    ['body', `${bodyText.length} characters (${rules.body}): ${bodyText}`],
    ['comments', threadWords(page.thread)],
  ] as const
  return [
    ...facts.map(([name, value]) => `  ${name.padEnd(NAME)}${shorten(value)}`),
    ...doubtsOf(page).map((doubt) => `  ! ${doubt}`),
  ]
}

function threadWords(thread: LookedAt['thread']): string {
  if (thread === null) return 'no thread of a known platform'
  const { held, reported, platform } = thread
  if (held === 0 && reported === null) return `none, ${platform}`
  return `${held} of ${reported ?? 'an unknown number'}, ${platform}`
}

function doubtsOf({ article, thread }: LookedAt): string[] {
  const { bodyText } = article
  return [
    ...(article.isWalled ? ['only the beginning of the text is there, before a login or payment'] : []),
    ...(article.title === null ? ['no title'] : []),
    ...(article.authors.length === 0 ? ['no author'] : []),
    ...(article.publishedAt === null ? ['no time of publication'] : []),
    ...(bodyText.length < FEW_CHARACTERS ? ['hardly any text'] : []),
    ...(thread !== null && thread.incomplete !== null
      ? [`the thread is not read in full: ${thread.incomplete}`]
      : []),
  ]
}

/** What no page shows by itself: articles that have too much in common. */
export function commonDoubts(pages: readonly LookedAt[]): string[] {
  if (pages.length < 2) return []
  const isShared = (fact: (article: Article) => string | null) => {
    const [first = null, ...others] = pages.map(({ article }) => fact(article))
    return first !== null && first !== '' && others.every((other) => other === first)
  }
  return [
    ...(isShared(({ title }) => title) ? ['all articles have the same title: name it in a layout'] : []),
    ...(isShared(({ publishedAt }) => publishedAt?.toISOString() ?? null)
      ? ['all articles have the same time of publication: name it in a layout']
      : []),
    ...(isShared(({ bodyText }) => bodyText.slice(0, FEW_CHARACTERS))
      ? ['all texts begin alike: name the body in a layout, or what to drop from it']
      : []),
  ]
}

function shorten(text: string): string {
  // A page may hold what steers a terminal.
  const line = text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
  return line.length > MOST_WORDS ? `${line.slice(0, MOST_WORDS - 1)}…` : line
}
