import type { Ledger, LedgerArticle, LedgerComment } from './ledger.ts'

/** An article as a database holds it. */
export interface HeldArticle {
  readonly url: string
  readonly title: string | null
  readonly bodyText: string
  readonly authors: readonly string[]
  readonly section: string | null
  readonly tags: readonly string[]
  readonly publishedAt: Date | null
  readonly comments: readonly HeldLedgerComment[]
}

export interface HeldLedgerComment {
  readonly nativeId: string
  readonly parentNativeId: string | null
  readonly parentConfidence: string
  readonly authorName: string | null
  readonly authorDisplay: string | null
  readonly publishedAt: Date | null
  readonly bodyText: string
  readonly quotes: readonly { readonly author: string | null; readonly text: string }[]
  readonly isPing: boolean
  readonly state: string
  readonly missingSince: Date | null
}

export interface Comparison {
  readonly articles: number
  readonly comments: number
  /** One line for each thing that is not held as it truly is. */
  readonly differences: readonly string[]
}

/** Holds what was collected against what truly exists on the demo sites. */
export function compareWithLedger(ledger: Ledger, held: readonly HeldArticle[]): Comparison {
  const byUrl = new Map(held.map((article) => [article.url, article]))
  const truths = ledger.sites.flatMap((site) => site.articles)
  const known = new Set(truths.map(({ url }) => url))
  const differences = truths.flatMap((truth) => compareArticle(truth, byUrl.get(truth.url)))
  const strays = held
    .filter(({ url }) => !known.has(url))
    .map(({ url }) => `${url}: there is no such article`)
  const comments = truths.reduce((sum, truth) => sum + visible(truth).length, 0)
  return { articles: truths.length, comments, differences: [...differences, ...strays] }
}

const visible = (truth: LedgerArticle) => truth.comments.filter(({ removedAt }) => removedAt === null)

function compareArticle(truth: LedgerArticle, held: HeldArticle | undefined): string[] {
  if (held === undefined) return [`${truth.url}: the article is not held`]
  const differ = differencesAt(truth.url)
  return [
    ...differ('title', truth.title, held.title),
    ...differ('text', truth.paragraphs.join('\n\n'), held.bodyText),
    ...differ('authors', truth.authors, held.authors),
    ...differ('section', truth.section, held.section),
    ...differ('tags', truth.tags.toSorted(), held.tags.toSorted()),
    ...differ('time', truth.publishedAt, held.publishedAt),
    ...compareThread(truth, held),
  ]
}

function compareThread(truth: LedgerArticle, held: HeldArticle): string[] {
  const byId = new Map(held.comments.map((comment) => [comment.nativeId, comment]))
  const known = new Set(truth.comments.map(({ id }) => id))
  const strays = held.comments.filter(({ nativeId }) => !known.has(nativeId))
  return [
    ...truth.comments.flatMap((comment) => compareComment(truth.url, comment, byId.get(comment.id))),
    ...strays.map(({ nativeId }) => `${truth.url}#${nativeId}: there is no such comment`),
  ]
}

function compareComment(url: string, truth: LedgerComment, held: HeldLedgerComment | undefined): string[] {
  const place = `${url}#${truth.id}`
  if (held === undefined) return truth.removedAt === null ? [`${place}: the comment is not held`] : []
  const isShown = held.state === 'visible' && held.missingSince === null
  if (truth.removedAt !== null)
    return isShown ? [`${place}: the comment was removed, and is held as shown`] : []
  const differ = differencesAt(place)
  const quotes = (list: readonly { author: string | null; text: string }[]) =>
    list.map(({ author, text }) => [author, text])
  return [
    ...differ('state', true, isShown),
    ...differ('parent', truth.parentId, held.parentNativeId),
    ...differ('author', truth.author, held.authorName),
    ...differ('display name', truth.display, held.authorDisplay),
    ...differ('time', truth.publishedAt, held.publishedAt),
    ...differ('words', truth.text, held.bodyText),
    ...differ('quotes', quotes(truth.quotes), quotes(held.quotes)),
    ...differ('ping', truth.isPing, held.isPing),
  ]
}

function differencesAt(place: string) {
  return (what: string, truth: unknown, held: unknown): string[] => {
    const [expected, got] = [JSON.stringify(truth), JSON.stringify(held)]
    return expected === got ? [] : [`${place}: ${what} is ${got}, and truly ${expected}`]
  }
}
