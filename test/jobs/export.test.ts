import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { sql } from 'drizzle-orm'
import { type NewDatabase, newDatabase } from '../databases/new-database.ts'
import { commentWith, storeOf } from '../databases/page-to-save.ts'
import { environmentOf, runJob } from './start-job.ts'

const key = 'a key of more than thirty-two letters'

describe('export and erase', () => {
  let made: NewDatabase | null = null
  const folder = mkdtempSync(join(tmpdir(), 'commentariat-export-job-'))
  const run = (name: string, flags: readonly string[], env: Record<string, string> = {}) =>
    runJob(name, flags, { env: { ...environmentOf(made!.settings), ...env } })

  beforeAll(async () => {
    made = await newDatabase('server')
    const { save } = await storeOf(await made.open(), { id: 'gazette' })
    await save({
      comments: [
        commentWith({ nativeId: '1' }),
        commentWith({ nativeId: '2', authorName: 'moss', authorKey: 'user:moss' }),
      ],
    })
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await made?.remove()
  })

  it('write a file and its manifest, erase a writer, and name the rows to drop', async () => {
    const out = join(folder, 'comments.csv')
    const first = await run('export', ['comments', '--out', out])
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining(`${out}: 2 rows, `) })
    expect(JSON.parse(readFileSync(`${out}.manifest.json`, 'utf8'))).toMatchObject({
      what: 'comments',
      format: 'csv',
      rows: 2,
      schemaVersion: expect.stringMatching(/^\d{4}_/),
      dropFromFormerExports: {},
    })

    const dry = await run('erase', ['--author', 'moss', '--dry-run'], { COMMENTARIAT_PSEUDONYM_KEY: key })
    const counts =
      '0 articles, 1 comments; 0 comments of others that quote or name the person; 1 stored pages.'
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining(`Would be erased: ${counts}`) })
    const erased = await run('erase', ['--author', 'moss'], { COMMENTARIAT_PSEUDONYM_KEY: key })
    expect(erased).toMatchObject({ code: 0, stdout: expect.stringContaining(`Erased: ${counts}`) })
    const again = await run('export', ['comments', '--format', 'csv', '--out', out, '--force'])
    expect(again.code).toBe(0)
    const { dropFromFormerExports } = JSON.parse(readFileSync(`${out}.manifest.json`, 'utf8'))
    expect(dropFromFormerExports.comments).toHaveLength(1)
    expect(readFileSync(out, 'utf8')).not.toContain('moss')

    const wrong = await run('erase', ['--author', 'fern'], {
      COMMENTARIAT_PSEUDONYM_KEY: key.replace('a', 'b'),
    })
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    expect(wrong.stderr).toContain('is not the key that this database was begun with')
  })

  it('know every site that is declared or held, and no other', async () => {
    const out = join(folder, 'sites.jsonl')
    const withKey = { COMMENTARIAT_PSEUDONYM_KEY: key }
    const ofSite = (site: string) => [
      run('export', ['comments', '--out', out, '--force', '--site', site]),
      run('erase', ['--author', 'fern', '--dry-run', '--site', site], withKey),
    ]
    for (const unknown of await Promise.all(ofSite('gazete'))) {
      expect(unknown).toMatchObject({ code: 2, stdout: '' })
      expect(unknown.stderr).toContain('There is no site "gazete": did you mean gazette')
    }
    for (const elsewhere of await Promise.all(ofSite('https://nowhere.example/'))) {
      expect(elsewhere).toMatchObject({ code: 2, stdout: '' })
      expect(elsewhere.stderr).toContain('Nothing is held of https://nowhere.example/')
    }
    for (const site of ['gazette', 'topwar'])
      for (const known of await Promise.all(ofSite(site))) expect(known).toMatchObject({ code: 0 })
    expect(readFileSync(out, 'utf8')).toBe('')
  })

  it('erase ahead of time, and say that nobody of that name has written', async () => {
    const erased = await run('erase', ['--author', 'Nobody Here'], { COMMENTARIAT_PSEUDONYM_KEY: key })
    expect(erased).toMatchObject({ code: 0 })
    expect(erased.stdout).toContain('Nothing is held that was written under Nobody Here.')
    expect(erased.stdout).not.toContain('Found under')
  })

  it('show what would be erased without a key, as long as the database has none', async () => {
    const own = await newDatabase('server')
    onTestFinished(() => own.remove())
    const { save } = await storeOf(await own.open(), { id: 'gazette' })
    await save({ comments: [commentWith({ nativeId: '1', authorName: 'moss' })] })
    const env = environmentOf(own.settings)
    const dry = await runJob('erase', ['--author', 'moss', '--dry-run'], { env })
    expect(dry).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/ 1 comments; [^]*Found under: moss\n/),
    })
    const { db } = await own.open()
    expect([...(await db.execute(sql`select count(*)::int as n from privacy_keys`))]).toEqual([{ n: 0 }])
    expect(await runJob('erase', ['--author', 'moss'], { env })).toMatchObject({ code: 2 })
  })

  it('say what is asked wrongly, before anything is written', async () => {
    const there = join(folder, 'there.csv')
    writeFileSync(there, 'mine')
    const refused = [
      ['export', ['comments', '--format', 'csv', '--out', there], 'exists; give another name, or --force'],
      [
        'export',
        ['comments', '--format', 'xml', '--out', join(folder, 'x')],
        'Allowed choices are csv, jsonl, parquet, warc',
      ],
      [
        'export',
        ['comments', '--out', join(folder, 'x')],
        'tells no format; add --format csv, jsonl, parquet',
      ],
      [
        'export',
        ['nothing', '--format', 'csv', '--out', join(folder, 'x')],
        'there is no "nothing" to export; known are',
      ],
      [
        'export',
        ['comments', '--format', 'warc', '--out', join(folder, 'x')],
        'WARC holds captures, not comments',
      ],
      [
        'export',
        ['author', '--format', 'csv', '--out', join(folder, 'x')],
        'whose data? give a name or a key',
      ],
      ['erase', [], 'say what to erase'],
      ['erase', ['--url', 'gazette'], '--url needs an address'],
      ['erase', ['--author', 'fern'], 'COMMENTARIAT_PSEUDONYM_KEY is not set'],
    ] as const
    for (const [name, flags, message] of refused) {
      const result = await run(name, flags)
      expect(result).toMatchObject({ code: 2, stdout: '' })
      expect(result.stderr).toContain(message)
    }
    expect(readFileSync(there, 'utf8')).toBe('mine')
    expect(existsSync(join(folder, 'x'))).toBe(false)
  })
})
