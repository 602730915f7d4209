import { sql } from 'drizzle-orm'
import { beforeEach, expect, it } from 'vitest'
import type { OpenDatabase } from '../../src/db/client.ts'
import { lockClusters } from '../../src/db/article-signatures.ts'
import { BATCH, groupCopies, groupSomeCopies } from '../../src/db/group-copies.ts'
import { describeEachDatabase } from './each-database.ts'
import { later, storeOf, type Visit } from './page-to-save.ts'
import { dumpTables, rowsOf } from './table-dump.ts'

const sentences = `The harbour office of Lorn will close its northern basin for eleven weeks from Monday.
Divers found that the piles under the quay have rusted through in 37 places.
Fishermen may land their catch at the old customs house in the meantime, free of charge.
Repairs cost 4,250,000 crowns, of which the county pays 60 per cent, said harbour master Osric Tallow.
He had warned of the damage in 2019 and again in 2023, but no money was found then.
The ferry to Wexley Bay keeps its timetable and calls at pier 12 until the work is done.
Shopkeepers along the front fear for the summer and ask for a second car park.
A public meeting has been called for Thursday at 19:30 in the town hall.`.split('\n')

const story = sentences.join('\n\n')

const otherStory = `Volunteers who walked along the riverbank found fresh traces of otters in many places this spring.
Anglers were asked to keep their distance from the reeds until the young have left the holt.
The survey covered both banks as far as the weir and took the better part of three weeks.
Nobody expected the animals back so soon, for the water was black within living memory.`

describeEachDatabase('articles that say the same', (open) => {
  let number = 0
  const day = (hours: number) => later(hours)

  beforeEach(async () => {
    await open().db.execute(sql`truncate articles restart identity cascade`)
  })

  /** Saves an article of its own on a site, unless a visit says which. */
  const publish = async (site: string, visit: Visit['article'], at = day(0)): Promise<void> => {
    const { save } = await storeOf(open(), { id: site, url: `https://${site}.example/` })
    const canonicalUrl = visit?.canonicalUrl ?? `https://${site}.example/${(number += 1)}`
    await save({ at, article: { nativeId: null, publishedAt: at, ...visit, canonicalUrl } })
  }

  const clusters = async () =>
    rowsOf(
      open(),
      sql`select cluster_id::int as cluster, copies::int, site_id as site, relation, has_other_title, similarity::float8
        from syndicated_articles order by cluster_id, article_id`,
    )

  it('are told apart by what they are to the one that came first', async () => {
    await publish('mirror', { bodyText: story, title: 'Lorn shuts its harbour' }, day(2))
    await publish('wire', { bodyText: story, title: 'Northern basin to close' }, day(0))
    await publish('wire', { bodyText: story, title: 'Northern basin to close' }, day(1))
    await publish('wire', { bodyText: story, title: 'Basin closes for 11 weeks' }, day(1))
    await publish('wire', { bodyText: `${story}\n\nThe meeting was moved to Friday.` }, day(9))
    await publish('daily', { bodyText: sentences.slice(0, 5).join('\n\n') }, day(3))
    await publish('daily', { bodyText: otherStory }, day(3))
    await groupCopies(open().db)
    const found = await clusters()
    expect(found.map(({ site, relation, has_other_title }) => [site, relation, has_other_title])).toEqual([
      ['mirror', 'copy', true],
      ['wire', 'origin', false],
      ['wire', 'other_address', false],
      ['wire', 'title_variant', true],
      ['wire', 'update', true],
      ['daily', 'near_copy', true],
    ])
    expect(new Set(found.map(({ cluster }) => cluster)).size).toBe(1)
    expect(found.map(({ copies }) => copies)).toEqual([6, 6, 6, 6, 6, 6])
    expect(found.slice(0, 4).map(({ similarity }) => similarity)).toEqual([1, 1, 1, 1])
    expect(found[5]?.['similarity']).toBeGreaterThan(0.4)
    expect(found[5]?.['similarity']).toBeLessThan(0.85)
  })

  it('are found however long ago the first was stored, and a second look writes nothing', async () => {
    await publish('wire', { bodyText: story })
    await groupCopies(open().db)
    expect(await clusters()).toEqual([])
    await publish('daily', { bodyText: story }, day(9_000))
    await groupCopies(open().db)
    expect(await clusters()).toHaveLength(2)
    const before = await dumpTables(open())
    await groupCopies(open().db)
    expect(await dumpTables(open())).toEqual(before)
  })

  it('are not what is written to a pattern, with other numbers', async () => {
    const report = (seed: number) =>
      sentences
        .map(
          (line) =>
            `${line} Rates stood at ${seed * 37} and ${seed * 91}, after ${seed * 53} the day before.`,
        )
        .join('\n\n')
        .replaceAll(/\b(?:37|4,250,000|60|2019|2023|12|19:30)\b/g, (figure) =>
          String(figure.length * seed * 113),
        )
    for (let seed = 11; seed < 16; seed += 1) await publish('daily', { bodyText: report(seed) })
    await groupCopies(open().db)
    expect(await clusters()).toEqual([])
  })

  it('are found by their content where they are too short to compare', async () => {
    await publish('wire', { bodyText: 'The bridge is open.', title: 'Open', subtitle: null })
    await publish('daily', { bodyText: 'The bridge is open.', title: 'Open', subtitle: null })
    await publish('daily', { bodyText: 'The bridge is shut.', title: 'Shut', subtitle: null })
    await publish('mirror', { bodyText: '', title: 'Video', subtitle: null })
    await publish('daily', { bodyText: '', title: 'Video', subtitle: null })
    await groupCopies(open().db)
    expect((await clusters()).map(({ site, relation }) => [site, relation])).toEqual([
      ['wire', 'origin'],
      ['daily', 'copy'],
    ])
  })

  it('are grouped anew when a text becomes another', async () => {
    const canonicalUrl = 'https://daily.example/live'
    await publish('wire', { bodyText: story })
    await publish('daily', { bodyText: story, canonicalUrl })
    await groupCopies(open().db)
    expect(await clusters()).toHaveLength(2)
    await publish('daily', { bodyText: otherStory, canonicalUrl }, day(2))
    await groupCopies(open().db)
    expect(await clusters()).toEqual([])
    await publish('mirror', { bodyText: otherStory }, day(3))
    await groupCopies(open().db)
    expect((await clusters()).map(({ site }) => site)).toEqual(['daily', 'mirror'])
  })

  it('are one cluster once an article shows that two belong together', async () => {
    const [first, second] = [sentences.slice(0, 4).join('\n\n'), sentences.slice(4).join('\n\n')]
    for (const site of ['wire', 'daily']) await publish(site, { bodyText: first })
    for (const site of ['wire', 'daily']) await publish(site, { bodyText: second })
    await groupCopies(open().db)
    expect(new Set((await clusters()).map(({ cluster }) => cluster)).size).toBe(2)
    await publish('mirror', { bodyText: story }, day(4))
    await groupCopies(open().db)
    const found = await clusters()
    expect(found).toHaveLength(5)
    expect(new Set(found.map(({ cluster }) => cluster)).size).toBe(1)
  })

  it('are found by several that look at once, all of them', async () => {
    for (let copy = 0; copy < 30; copy += 1) await publish(`paper-${copy % 3}`, { bodyText: story })
    const others: OpenDatabase['db'][] = [open().db, open().db, open().db]
    await Promise.all(others.map((db) => groupCopies(db)))
    const found = await clusters()
    expect(found).toHaveLength(30)
    expect(new Set(found.map(({ cluster }) => cluster)).size).toBe(1)
  })

  it('are found a batch at a time while a pass goes on', async () => {
    for (let copy = 0; copy < BATCH + 1; copy += 1) await publish(`paper-${copy % 3}`, { bodyText: story })
    await groupSomeCopies(open().db)
    expect(await clusters()).toHaveLength(BATCH)
    await groupSomeCopies(open().db)
    expect(await clusters()).toHaveLength(BATCH + 1)
    await groupSomeCopies(open().db)
    expect(await clusters()).toHaveLength(BATCH + 1)
  })

  it('are left to whoever looks for them already', async ({ skip }) => {
    if (open().kind === 'embedded') skip('its one session waits for itself alone')
    for (const paper of ['one', 'two']) await publish(paper, { bodyText: story })
    await open().db.transaction(async (transaction) => {
      await lockClusters(transaction, true)
      await groupSomeCopies(open().db)
    })
    expect(await clusters()).toHaveLength(0)
    await groupSomeCopies(open().db)
    expect(await clusters()).toHaveLength(2)
  })
})
