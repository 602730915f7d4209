import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type NewDatabase, newDatabase } from '../databases/new-database.ts'
import { storeOf } from '../databases/page-to-save.ts'
import { articlePage } from './small-paper.ts'
import { environmentOf, jsonLines, runJob } from './start-job.ts'

describe('reextract', () => {
  let made: NewDatabase | null = null
  const run = (...flags: string[]) => runJob('reextract', flags, { env: environmentOf(made!.settings) })

  beforeAll(async () => {
    made = await newDatabase('server')
    const { save } = await storeOf(await made.open(), { id: 'gazette' })
    const url = 'https://gazette.example/2026/03/bridge-over-the-lorn/'
    const html = articlePage({
      url,
      title: 'Bridge over the Lorn reopens',
      post: 7,
      comments: ['A fine bridge.'],
    })
    await save({ html, article: { canonicalUrl: url, bodyText: 'poor' } })
  })
  afterAll(() => made?.remove())

  it('reads what is stored of every site, and prints what became of it', async () => {
    const first = await run('--json')
    expect(first.code).toBe(0)
    const facts = { site: 'gazette', outcome: 'done', requests: 0 }
    expect(jsonLines(first.stdout)).toMatchObject([
      { sites: [{ ...facts, articles: { changed: 1 }, comments: { new: 1 }, changed: true }], exitCode: 0 },
    ])
    const second = await run('gazette', '--since', '2026-01-01')
    expect(second.code).toBe(0)
    expect(second.stdout).toContain('Nothing changed: 1 articles are as they were.')
  })

  it('lets go of what its site no longer holds', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'commentariat-sites-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const site = {
      id: 'gazette',
      name: 'Gazette',
      url: 'https://gazette.example/',
      nameDays: 1,
      commentDays: 2,
    }
    writeFileSync(join(folder, 'gazette.json'), JSON.stringify(site))
    await run()
    const { db } = await made!.open()
    const held = async () => [...(await db.execute('select author_name, body_text from comments'))]
    expect(await held()).toEqual([{ author_name: 'Reader 1', body_text: 'A fine bridge.' }])
    const env = { ...environmentOf(made!.settings), COMMENTARIAT_SITES: folder }
    for (const _ of ['once', 'and again']) {
      expect((await runJob('reextract', ['gazette'], { env })).code).toBe(0)
      expect(await held()).toEqual([{ author_name: null, body_text: '' }])
    }
  })

  it('refuses what it does not know', async () => {
    expect(await run('nosuch')).toMatchObject({ code: 2, stdout: '' })
    expect(await run('--since', 'yesterday')).toMatchObject({ code: 2, stdout: '' })
  })
})
