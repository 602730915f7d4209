import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type PaperCrawl, paperCrawl } from './paper-crawl.ts'
import { runJob, startJob } from './start-job.ts'

/** The paper as a declared site, for a scheduler goes by declarations. */
function declare({ paper, env }: PaperCrawl, schedule: string): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'commentariat-sites-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const url = new URL('/', paper.feedUrl).href
  const source = { kind: 'feed', url: paper.feedUrl }
  const site = { id: 'paper', name: 'Paper', url, sources: [source], schedule, delaySeconds: 0 }
  writeFileSync(join(folder, 'paper.json'), JSON.stringify(site))
  return { ...env, COMMENTARIAT_SITES: folder }
}

const flags = ['paper', '--allow-private-network']

describe('schedule', () => {
  it('runs once what is due, and says so when nothing is', async () => {
    const world = await paperCrawl()
    const env = declare(world, '0 0 1 1 *')
    const first = await runJob('schedule', [...flags, '--once'], { env })
    expect(first.stderr).toBe('')
    expect(first.code).toBe(0)
    expect(first.stdout).toMatch(/paper\s+2\s/)
    const second = await runJob('schedule', [...flags, '--once'], { env })
    expect(second).toMatchObject({ code: 0, stdout: 'No site is due.\n' })
    expect(await world.rows('select site_id, last_run_at is not null as ran from schedules')).toEqual([
      { site_id: 'paper', ran: true },
    ])
    expect(await world.rows('select job, outcome from runs')).toEqual([{ job: 'schedule', outcome: 'done' }])
  })

  it('gives an embedded database back between passes, and ends cleanly when it is stopped', async () => {
    const world = await paperCrawl('embedded')
    const env = declare(world, '0 0 1 1 *')
    const { process: child, result } = startJob('schedule', flags, { env })
    const ran = new Promise<string>((resolve) => {
      let output = ''
      child.stdout?.on('data', (data: Buffer) => {
        output += data.toString()
        if (output.includes('paper done')) resolve(output)
      })
    })
    expect(await ran).toContain('paper done: 2 new and 0 changed articles, 3 new')
    let held = await runJob('sql', ['select count(*)::int as articles from articles', '--json'], { env })
    // The database is closed some moments after the line is written.
    for (let tries = 0; held.code === 4 && tries < 50; tries++)
      held = await runJob('sql', ['select count(*)::int as articles from articles', '--json'], { env })
    expect(held).toMatchObject({ code: 0, stdout: '{"articles":2}\n' })
    child.kill('SIGTERM')
    expect((await result).code).toBe(143)
  })

  it.each([
    [['nowhere'], 'nowhere'],
    [['paper', '--concurrency', 'x'], 'whole number'],
  ])('refuses %j with what is wrong', async (given, said) => {
    const env = { COMMENTARIAT_CONTACT: 'test@example.org' }
    const { code, stderr } = await runJob('schedule', given, { env })
    expect(code).toBe(2)
    expect(stderr).toContain(said)
  })
})
