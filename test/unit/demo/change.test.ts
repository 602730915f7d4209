import { describe, expect, it } from 'vitest'
import type {
  ChangeKind,
  ChangeReport,
  Ledger,
  LedgerArticle,
  LedgerComment,
} from '../../../src/demo/newsroom.ts'
import { openForTest } from './reading.ts'

type Difference = readonly [site: string, kind: ChangeKind, articleUrl: string, commentId: string | null]

const byId = (article: LedgerArticle | undefined): Map<string, LedgerComment> =>
  new Map(article?.comments.map((comment) => [comment.id, comment]))

function commentChange(old: LedgerComment | undefined, now: LedgerComment): ChangeKind | null {
  if (!old) return 'newComments'
  if (old.removedAt === null && now.removedAt !== null) return 'removedComments'
  return old.text === now.text ? null : 'editedComments'
}

/** What differs between two ledgers, found without knowing what was done. */
function differences(before: Ledger, after: Ledger): Difference[] {
  return after.sites.flatMap((site) => {
    const former = new Map(
      before.sites.find(({ id }) => id === site.id)?.articles.map((article) => [article.url, article]),
    )
    return site.articles.flatMap((article): Difference[] => {
      const old = former.get(article.url)
      const isSame = old?.paragraphs.join() === article.paragraphs.join()
      const own: Difference[] = isSame
        ? []
        : [[site.id, old ? 'editedArticles' : 'newArticles', article.url, null]]
      const comments = article.comments.flatMap((comment): Difference[] => {
        const kind = commentChange(byId(old).get(comment.id), comment)
        return kind === null ? [] : [[site.id, kind, article.url, comment.id]]
      })
      return [...own, ...comments]
    })
  })
}

const reported = ({ changes }: ChangeReport): Difference[] =>
  changes.map(({ site, kind, articleUrl, commentId }) => [site, kind, articleUrl, commentId] as const)

const sorted = (list: readonly Difference[]): string[] =>
  list.map((entry) => JSON.stringify(entry)).toSorted()

describe('change', () => {
  it('changes exactly what it reports, again and again', async () => {
    const newsroom = await openForTest({ seed: 3 })
    for (let round = 0; round < 4; round += 1) {
      const before = newsroom.ledger()
      const report = newsroom.change()
      expect(sorted(differences(before, newsroom.ledger()))).toEqual(sorted(reported(report)))
    }
  })

  it('counts by kind and site', async () => {
    const newsroom = await openForTest()
    const { total, sites, changes } = newsroom.change()
    expect(Object.keys(sites)).toEqual(['dle', 'dle-flat', 'wordpress', 'isso', 'browser'])
    expect(sites['wordpress']).toEqual({
      newArticles: 1,
      editedArticles: 1,
      newComments: 4,
      editedComments: 1,
      removedComments: 1,
    })
    expect(Object.values(total).reduce((sum, count) => sum + count, 0)).toBe(changes.length)
    expect(total.newArticles).toBe(5)
  })

  it('removes a whole subtree where the engine does', async () => {
    const newsroom = await openForTest({ sites: ['dle'] })
    const { total } = newsroom.change()
    expect(total.removedComments).toBeGreaterThan(1)
    for (const { comments } of newsroom.ledger().sites[0]?.articles ?? []) {
      const removed = new Set(comments.filter(({ removedAt }) => removedAt !== null).map(({ id }) => id))
      const orphans = comments.filter(
        ({ parentId, removedAt }) => removed.has(parentId ?? '') && removedAt === null,
      )
      expect(orphans).toEqual([])
    }
  })

  it('leaves a ledger alone that was handed out before', async () => {
    const newsroom = await openForTest()
    const ledger = newsroom.ledger()
    const before = JSON.stringify(ledger)
    newsroom.change()
    expect(JSON.stringify(ledger)).toBe(before)
  })

  it('does what it can on a site with next to nothing', async () => {
    const newsroom = await openForTest({ sites: ['isso'], articlesPerSite: 1, commentsPerThread: 0 })
    expect(newsroom.change().sites['isso']).toEqual({
      newArticles: 1,
      editedArticles: 1,
      newComments: 3,
      editedComments: 0,
      removedComments: 0,
    })
  })

  it('happens at the time that is given, else a minute later', async () => {
    const newsroom = await openForTest({ sites: ['wordpress'], now: new Date('2026-02-01T10:00:00Z') })
    expect(newsroom.change().at).toEqual(new Date('2026-02-01T10:01:00Z'))
    const at = new Date('2026-02-03T00:00:05Z')
    const { changes } = newsroom.change(at)
    const created = changes.find(({ kind }) => kind === 'newArticles')
    const article = newsroom.ledger().sites[0]?.articles.find(({ url }) => url === created?.articleUrl)
    expect(article?.publishedAt).toEqual(at)
  })
})
