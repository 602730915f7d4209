import { sql } from 'drizzle-orm'
import { afterEach, expect, it, vi } from 'vitest'
import { replayPage } from '../../src/db/replay/replay-page.ts'
import { commentHash } from '../../src/db/comment-hashes.ts'
import type * as fingerprint from '../../src/normalise/fingerprint.ts'
import { describeEachDatabase } from './each-database.ts'
import { commentWith, later, pageOf, storeOf } from './page-to-save.ts'
import { rowsOf } from './table-dump.ts'

const today = vi.hoisted(() => ({ version: 1 }))

vi.mock('../../src/normalise/fingerprint.ts', async (original) => {
  const real = await original<typeof fingerprint>()
  return {
    ...real,
    contentHash: (parts: readonly (string | null)[]) => real.contentHash(parts, today.version),
  }
})

const quotes = [{ author: 'moss', text: 'The mayor walked.', nativeId: '8' }]
const comments = [commentWith({ nativeId: '1', quotes }), commentWith({ nativeId: '2' })]
const none = { new: 0, edited: 0, removed: 0, unchanged: 2 }

describeEachDatabase('under another version of the normaliser', (open) => {
  afterEach(() => {
    today.version = 1
  })
  const revisions = async (site: string) =>
    rowsOf(
      open(),
      sql`select a.revision as article, array_agg(c.revision order by c.native_id) as comments,
          (select count(*)::int from article_revisions r where r.article_id = a.id) as former_articles,
          (select count(*)::int from comment_revisions r join comments o on o.id = r.comment_id
            where o.article_id = a.id) as former_comments
        from articles a join comments c on c.article_id = a.id where a.site_id = ${site} group by a.id`,
    )
  const unrevised = [{ article: 1, comments: [1, 1], former_articles: 0, former_comments: 0 }]

  it('equal words make no revision, and are hashed anew once', async () => {
    const { save } = await storeOf(open(), { id: 'equal' })
    await save({ comments })
    today.version = 2
    for (const hour of [1, 2]) {
      const saved = await save({ comments, at: later(hour) })
      expect(saved).toMatchObject({ change: 'unchanged', comments: none })
    }
    expect(await revisions('equal')).toEqual(unrevised)
    const [row] = await rowsOf(
      open(),
      sql`select c.content_hash as comment, a.content_hash as article from comments c join articles a on a.id = c.article_id
        where a.site_id = 'equal' and c.native_id = '1'`,
    )
    expect(row).toEqual({ comment: commentHash(comments[0]!), article: pageOf().articleHash })
  })

  it('words that only the old one left untidy make no revision either', async () => {
    const { save } = await storeOf(open(), { id: 'untidy' })
    await save({ comments })
    await open().db.execute(sql`update comments set body_text = body_text || ' ' || chr(173)
      where article_id in (select id from articles where site_id = 'untidy')`)
    today.version = 2
    expect((await save({ comments, at: later(1) })).comments).toEqual(none)
    expect(await revisions('untidy')).toEqual(unrevised)
    const texts = sql`select distinct body_text from comments c where c.article_id in
      (select id from articles where site_id = 'untidy') order by 1`
    expect(await rowsOf(open(), texts)).toEqual([{ body_text: 'words of 1' }, { body_text: 'words of 2' }])
  })

  it('other words do', async () => {
    const { save } = await storeOf(open(), { id: 'other-words' })
    await save({ comments })
    today.version = 2
    const edited = [
      { ...comments[0]!, bodyText: 'other words' },
      { ...comments[1]!, quotes },
    ]
    const saved = await save({ comments: edited, article: { title: 'Another headline' }, at: later(1) })
    expect(saved).toMatchObject({ change: 'changed', comments: { edited: 2 } })
    expect(await revisions('other-words')).toEqual([
      { article: 2, comments: [2, 2], former_articles: 1, former_comments: 2 },
    ])
  })

  it('equal words of a part of a long thread make none', async () => {
    const { save } = await storeOf(open(), { id: 'part' })
    await save({ comments })
    today.version = 2
    expect((await save({ comments, at: later(1), reading: null })).comments).toEqual(none)
    expect(await revisions('part')).toEqual(unrevised)
  })

  it('stored pages that are read again make none', async () => {
    const { save } = await storeOf(open(), { id: 'replayed' })
    await save({ comments })
    today.version = 2
    const page = pageOf({ comments })
    for (const _ of [1, 2]) {
      const replayed = await replayPage(open().db, { siteId: 'replayed', isFamilyMember: false }, page)
      expect(replayed).toMatchObject({ change: 'unchanged', comments: { new: 0, edited: 0 } })
    }
    expect(await revisions('replayed')).toEqual(unrevised)
  })
})
