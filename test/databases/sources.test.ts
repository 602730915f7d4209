import { expect, it } from 'vitest'
import type { KnownSource } from '../../src/clocks.ts'
import { describeEachDatabase } from './each-database.ts'
import { later, storeOf } from './page-to-save.ts'
import { changedColumns, dumpTables } from './table-dump.ts'

const sourceAt = (name: string, fields: Partial<KnownSource> = {}): KnownSource => ({
  kind: 'feed',
  url: `https://gazette.example/${name}`,
  urlHash: name,
  newsAt: later(0),
  newsGapSeconds: null,
  nextCheckAt: later(0),
  ...fields,
})

describeEachDatabase('sources', (open) => {
  it('are kept as they were last seen, each site its own', async () => {
    const { store } = await storeOf(open(), { id: 'kept' })
    const other = await storeOf(open(), { id: 'other' })
    expect(await store.sources()).toEqual([])
    await store.saveSources([sourceAt('feed'), sourceAt('map', { kind: 'sitemap' })], [], later(0))
    const silent = sourceAt('feed', { newsGapSeconds: 3600, nextCheckAt: later(2) })
    await store.saveSources([silent], [], later(1))
    expect(await store.sources()).toEqual(
      expect.arrayContaining([silent, sourceAt('map', { kind: 'sitemap' })]),
    )
    expect(await other.store.sources()).toEqual([])
  })

  it('are not written when nothing of them changed', async () => {
    const { store } = await storeOf(open(), { id: 'same' })
    await store.saveSources([sourceAt('feed')], [], later(0))
    const before = await dumpTables(open())
    await store.saveSources([sourceAt('feed')], [], later(0))
    expect(changedColumns(before, await dumpTables(open()))).toEqual([])
  })

  it('are forgotten when they are lost, or were due and not asked for a month', async () => {
    const { store } = await storeOf(open(), { id: 'forgotten' })
    await store.saveSources([sourceAt('feed'), sourceAt('old-map'), sourceAt('lost')], [], later(0))
    await store.saveSources([sourceAt('feed', { nextCheckAt: later(24 * 31) })], ['lost'], later(24 * 31))
    expect((await store.sources()).map(({ urlHash }) => urlHash)).toEqual(['feed'])
  })
})
