import type { DemoArticle, DemoComment, DemoSite } from './model.ts'

/** What truly exists on the demo sites, to compare a database with. */
export interface Ledger {
  readonly sites: readonly LedgerSite[]
}

export interface LedgerSite {
  readonly id: string
  readonly url: string
  readonly platform: string
  readonly articles: readonly LedgerArticle[]
}

export interface LedgerArticle {
  readonly url: string
  readonly nativeId: string
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly authors: readonly string[]
  readonly section: string
  readonly tags: readonly string[]
  readonly language: string
  readonly publishedAt: Date
  readonly modifiedAt: Date
  /** In order of time; removed ones stay, with `removedAt`. */
  readonly comments: readonly LedgerComment[]
}

export interface LedgerComment {
  readonly id: string
  /** In a flat list: the comment that the first quote refers to. */
  readonly parentId: string | null
  readonly author: string
  readonly display: string | null
  /** As exact as the page shows it. */
  readonly publishedAt: Date
  /** Own words; paragraphs are separated by an empty line. */
  readonly text: string
  readonly quotes: readonly LedgerQuote[]
  readonly likes: number | null
  readonly isPing: boolean
  /** Set when the comment is no longer shown: it is absent, or its place is marked as deleted. */
  readonly removedAt: Date | null
}

export interface LedgerQuote {
  readonly author: string | null
  readonly text: string
  /** Where the markup names it. */
  readonly commentId: string | null
}

/** How a site's pages show what was typed, and where an article lives. */
export interface Showing {
  url(site: DemoSite, article: DemoArticle): string
  nativeId(site: DemoSite, article: DemoArticle): string
  text(typed: string): string
}

export function ledgerOf(site: DemoSite, showing: Showing): LedgerSite {
  return {
    id: site.id,
    url: `${site.origin}/`,
    platform: site.platform,
    articles: site.articles.map((article) => ({
      url: showing.url(site, article),
      nativeId: showing.nativeId(site, article),
      title: showing.text(article.title),
      paragraphs: article.paragraphs.map((paragraph) => showing.text(paragraph)),
      authors: [...article.authors],
      section: article.section.name,
      tags: [...article.tags],
      language: site.language,
      publishedAt: new Date(article.publishedAt),
      modifiedAt: new Date(article.modifiedAt),
      comments: article.comments.map((comment) => entryOf(site, comment, showing)),
    })),
  }
}

function entryOf({ habits }: DemoSite, comment: DemoComment, showing: Showing): LedgerComment {
  const isByReference = habits.quotes === 'reference'
  const answered = isByReference ? (comment.quotes[0]?.of ?? null) : comment.parent
  return {
    id: String(comment.id),
    parentId: answered === null ? null : String(answered.id),
    author: comment.author.name,
    display: comment.author.display,
    publishedAt: new Date(comment.publishedAt),
    text: showing.text(comment.paragraphs.join('\n\n')),
    quotes: comment.quotes.map(({ of, text }) => ({
      author: habits.quotes === 'anonymous' ? null : of.author.name,
      text: showing.text(text),
      commentId: isByReference ? String(of.id) : null,
    })),
    likes: habits.hasVotes ? comment.likes : null,
    isPing: comment.isPing,
    removedAt: comment.removedAt === null ? null : new Date(comment.removedAt),
  }
}
