import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import type { PartsToSave } from '../../src/store.ts'
import { describeEachDatabase } from './each-database.ts'
import { captureOf, commentWith, headOf, later, storeOf } from './page-to-save.ts'

const partUrl = 'https://gazette.example/news/bridge/2'

const partsWith = (fields: Partial<PartsToSave> = {}): PartsToSave => ({
  captures: [captureOf(partUrl, 'second part', { kind: 'part' })],
  isComplete: true,
  isDueAgain: false,
  count: 2,
  ...fields,
})

const missing = partsWith({ captures: [], isComplete: false, count: 1 })

describeEachDatabase('an article of several parts', (open) => {
  const rows = async (siteId: string) => [
    ...(await open().db.execute(sql`
      select body_text, revision, (select next_check_at from article_visits c where c.article_id = a.id) <= checked_at as "isDue",
        (select count(*)::int from article_revisions r where r.article_id = a.id) as former
      from articles a where site_id = ${siteId}`)),
  ]
  const captured = async (siteId: string) => [
    ...(await open().db.execute(sql`
      select kind, count(*)::int as n from captures where site_id = ${siteId} group by kind order by kind`)),
  ]

  it('is kept with the pages of its parts, once', async () => {
    const { save, store } = await storeOf(open(), { id: 'kept' })
    await save({ parts: partsWith() })
    const before = (await headOf(store, partUrl)) ?? null
    const [capture] = partsWith().captures
    const unchanged = partsWith({ captures: [{ ...capture!, before }] })
    expect((await save({ at: later(300), parts: unchanged })).change).toBe('unchanged')
    expect(await captured('kept')).toEqual([
      { kind: 'article', n: 1 },
      { kind: 'part', n: 1 },
    ])
  })

  it('is kept once where its thread comes in several calls', async () => {
    const { save } = await storeOf(open(), { id: 'long-thread' })
    await save({ parts: partsWith(), comments: [commentWith({ nativeId: '1' })], reading: null })
    await save({ parts: partsWith(), comments: [commentWith({ nativeId: '2' })] })
    expect(await captured('long-thread')).toEqual([
      { kind: 'article', n: 1 },
      { kind: 'part', n: 1 },
    ])
  })

  it('has one revision when a part of it changes', async () => {
    const { save } = await storeOf(open(), { id: 'changed' })
    await save({ article: { bodyText: 'one\n\ntwo' }, parts: partsWith() })
    const saved = await save({
      at: later(1),
      article: { bodyText: 'one\n\ntwo, corrected' },
      parts: partsWith(),
    })
    expect(saved.change).toBe('changed')
    expect(await rows('changed')).toMatchObject([
      { body_text: 'one\n\ntwo, corrected', revision: 2, former: 1 },
    ])
  })

  it('stays whole when a part of it can’t be read, and is due again', async () => {
    const { save } = await storeOf(open(), { id: 'failing' })
    await save({ article: { bodyText: 'one\n\ntwo' }, parts: partsWith() })
    const cut = { article: { bodyText: 'one', title: 'Another title' } }
    const saved = await save({ at: later(300), ...cut, parts: { ...missing, isDueAgain: true } })
    expect(saved.change).toBe('unchanged')
    const held = { body_text: 'one\n\ntwo', revision: 1, former: 0 }
    expect(await rows('failing')).toEqual([{ ...held, isDue: true }])
    await save({ at: later(600), ...cut, parts: missing })
    expect(await rows('failing')).toEqual([{ ...held, isDue: false }])
  })

  it('takes more text even if some is missing, and less when nothing is', async () => {
    const { save } = await storeOf(open(), { id: 'growing' })
    await save({ article: { bodyText: 'one' }, parts: { ...missing, isDueAgain: true } })
    expect(await rows('growing')).toMatchObject([{ body_text: 'one', isDue: true }])
    await save({ at: later(1), article: { bodyText: 'one\n\ntwo' }, parts: missing })
    expect(await rows('growing')).toMatchObject([{ body_text: 'one\n\ntwo', revision: 2 }])
    await save({ at: later(2), article: { bodyText: 'one' }, parts: null })
    expect(await rows('growing')).toMatchObject([{ body_text: 'one', revision: 3 }])
  })
})
