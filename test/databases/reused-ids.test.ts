import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { findAlarms } from '../../src/db/alarms.ts'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, firstVisit, later, storeOf } from './page-to-save.ts'
import { rowsOf } from './table-dump.ts'

const first = commentWith({ nativeId: '1' })
const reply = commentWith({ nativeId: '2', parentNativeId: '1' })
const other = commentWith({
  nativeId: '1',
  authorName: 'moss',
  authorKey: 'user:moss',
  publishedAt: new Date('2026-03-05T08:00:00Z'),
  bodyText: 'of another matter',
})

describeEachDatabase('an id that a site gives to another comment', (open) => {
  const held = async (site: string) =>
    rowsOf(
      open(),
      sql`select c.author_name, c.state, c.body_text, c.revision, c.native_id = '1' as is_current
        from comments c join articles a on a.id = c.article_id
        where a.site_id = ${site} and split_part(c.native_id, '~', 1) = '1' order by c.id`,
    )
  const alarms = (siteId: string, startedAt: Date) =>
    findAlarms(open().db, { siteId, startedAt, commentsRead: 2, isWhole: true })

  const apart = [
    {
      author_name: 'fern',
      state: 'removed',
      body_text: 'words of 1',
      revision: 1,
      is_current: false,
    },
    {
      author_name: 'moss',
      state: 'visible',
      body_text: 'of another matter',
      revision: 1,
      is_current: true,
    },
  ]

  it('starts a comment of its own, and raises an alarm', async () => {
    const { save } = await storeOf(open(), { id: 'reused' })
    await save({ comments: [first, reply] })
    expect(await alarms('reused', firstVisit)).toEqual([])
    const { comments } = await save({ comments: [other, reply], at: later(100) })
    expect(comments).toMatchObject({ new: 1, edited: 0, removed: 1 })
    expect(await held('reused')).toEqual(apart)
    expect(await alarms('reused', later(100))).toEqual([
      {
        kind: 'ids_reused',
        message: '1 ids of comments were given to others, by other writers at other times',
        urls: ['https://gazette.example/news/bridge'],
      },
    ])
    // Nothing is new at the next visit.
    const again = await save({ comments: [other, reply], at: later(101) })
    expect(again.comments).toEqual({ new: 0, edited: 0, removed: 0, unchanged: 2 })
    expect(await held('reused')).toEqual(apart)
    expect(await alarms('reused', later(101))).toEqual([])
  })

  it('does so in a long thread too, which comes in parts', async () => {
    const { save } = await storeOf(open(), { id: 'reused-in-parts' })
    await save({ comments: [first, reply] })
    await save({ comments: [other], reading: null, at: later(100) })
    await save({ comments: [reply], reading: { seen: new Set(['1', '2']) }, at: later(100) })
    expect(await held('reused-in-parts')).toEqual(apart)
  })

  it.each([
    ['a writer of another name', { authorName: 'moss', authorKey: 'user:moss' }],
    ['another time', { publishedAt: other.publishedAt }],
    ['other words', { bodyText: other.bodyText }],
    ['another name and words', { authorKey: 'user:moss', bodyText: other.bodyText }],
    [
      'another name and words, and a clock of another zone',
      { ...other, publishedAt: new Date('2026-03-01T20:00:00Z') },
    ],
  ])('is not seen in %s alone', async (name, change) => {
    const site = `same-${name.replaceAll(/\W+/g, '-')}`
    const { save } = await storeOf(open(), { id: site })
    await save({ comments: [first] })
    const { comments } = await save({ comments: [commentWith({ ...first, ...change })], at: later(100) })
    expect(comments).toMatchObject({ new: 0, removed: 0 })
    expect(await held(site)).toHaveLength(1)
  })
})
