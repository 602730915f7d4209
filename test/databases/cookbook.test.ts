import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { demoSite } from '../../jobs/wiring/demo-site.ts'
import { runSites } from '../../jobs/wiring/run-sites.ts'
import { groupCopies } from '../../src/db/group-copies.ts'
import { type QueryResult, queryReadOnly } from '../../src/db/read-only.ts'
import { type Newsroom, openNewsroom } from '../../src/demo/newsroom.ts'
import type { Comment } from '../../src/extractors/comments/platform.ts'
import { readSettings } from '../../src/settings.ts'
import { cookbookFile, readRecipes, withAnswers } from './cookbook-page.ts'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, storeOf, type Visit } from './page-to-save.ts'

const recipes = readRecipes()

/** The day of the newsroom: it opens at noon, moves on at half past, and is looked at three times more. */
const opens = new Date('2026-03-02T12:00:00Z')
const at = (hours: number) => new Date(opens.getTime() + hours * 3_600_000)

const story = `The harbour office of Lorn will close its northern basin for eleven weeks from Monday.
Divers found that the piles under the quay have rusted through in 37 places.
Fishermen may land their catch at the old customs house in the meantime, free of charge.
Repairs cost 4,250,000 crowns, of which the county pays 60 per cent, said harbour master Osric Tallow.
The ferry to Wexley Bay keeps its timetable and calls at pier 12 until the work is done.`

describeEachDatabase('the cookbook, asked of the demo newsroom', (open) => {
  vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })
  let newsroom: Newsroom

  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: opens, shouldAdvanceTime: true })
    const sites = ['dle', 'dle-flat', 'wordpress', 'isso']
    newsroom = await openNewsroom({ now: opens, sites, articlesPerSite: 8 })
    await crawl()
    newsroom.change(at(0.5))
    for (const hours of [1, 7, 13]) {
      vi.setSystemTime(at(hours))
      await crawl()
    }
    await publishCopies()
  })
  afterAll(async () => {
    vi.useRealTimers()
    await newsroom.close()
  })

  const crawl = async () => {
    const results = await runSites({
      settings: readSettings({}),
      sites: newsroom.sites.map(demoSite),
      job: 'demo',
      pass: { since: null, limit: null, maxRequests: null, comments: true, refresh: true, articles: [] },
      allowPrivateNetwork: true,
      // One at a time, so that rows are numbered in the same order each time.
      concurrency: 1,
      signal: new AbortController().signal,
      onEvent: () => undefined,
      database: open(),
    })
    expect(results.map(({ outcome, error }) => [outcome, error])).toEqual(results.map(() => ['done', null]))
  }

  /** The newsroom's sites have nothing in common, so that two papers print what an agency wrote, and talk of it. */
  const publishCopies = async () => {
    const lines = story.split('\n')
    const title = 'Northern basin of Lorn harbour to close'
    await publish('agency', { title, bodyText: lines.join('\n\n') }, 0, [])
    await publish(
      'agency',
      { title: 'Half of Lorn harbour closes for 11 weeks', bodyText: lines.join('\n\n') },
      1,
      [],
    )
    const framed = ['Our own correspondent reports.', ...lines, 'Subscribe to our letters.'].join('\n\n')
    const talk = [
      commentWith({
        nativeId: '1',
        authorName: 'tern',
        authorKey: 'user:tern',
        bodyText: 'Pier 12 is rotten too.',
      }),
      commentWith({
        nativeId: '2',
        authorName: 'osric',
        authorKey: 'user:osric',
        authorBadges: ['staff'],
        parentNativeId: '1',
        bodyText: 'It was mended last year.',
        quotes: [{ author: 'tern', text: 'Pier 12 is rotten too.', nativeId: '1' }],
      }),
    ]
    await publish('morning-post', { title: 'Harbour shuts half its basins', bodyText: framed }, 2, talk)
    const [first, ...rest] = talk
    const edited = commentWith({
      ...first,
      nativeId: '1',
      bodyText: 'Pier 12 was rotten too.',
      isPinned: true,
    })
    await publish('morning-post', { title: 'Harbour shuts half its basins', bodyText: framed }, 4, [
      edited,
      ...rest,
    ])
    await publish('valley-echo', { title, bodyText: lines.join('\n\n') }, 3, [
      commentWith({ nativeId: '1', authorName: 'wren', authorKey: 'user:wren', bodyText: 'Not again.' }),
    ])
    await groupCopies(open().db)
  }

  const publish = async (id: string, fields: Visit['article'], hours: number, comments: Comment[]) => {
    const { save } = await storeOf(open(), { id, url: `https://${id}.example/`, language: 'en' })
    const canonicalUrl = `https://${id}.example/${fields?.title?.length}`
    await save({
      at: at(hours),
      article: { nativeId: null, publishedAt: at(hours), ...fields, canonicalUrl },
      comments: comments.map((comment) => ({ ...comment, publishedAt: at(hours + 0.25) })),
    })
  }

  it('answers at least 25 questions, and each as the page shows; if not: npx vitest run cookbook -u', async () => {
    expect(recipes.length).toBeGreaterThanOrEqual(25)
    const answers = new Map<string, QueryResult>()
    for (const { question, query } of recipes) {
      const answer = await queryReadOnly(open(), query).catch((cause: unknown) => {
        throw new Error(`"${question}" is refused`, { cause })
      })
      answers.set(query, answer)
    }
    const silent = recipes.filter(({ query }) => answers.get(query)?.rows.length === 0)
    expect(silent.map(({ question }) => question)).toEqual([])
    await expect(withAnswers(answers)).toMatchFileSnapshot(fileURLToPath(cookbookFile))
  })
})
