import { hostname } from 'node:os'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { FailpointName } from '../../src/failpoint.ts'
import { type BuiltJobs, buildJobs } from '../jobs/build-jobs.ts'
import { type Child, type ChildTask, startChild } from './child.ts'
import { type Databases, openDatabases } from './databases.ts'
import { openFakeSite } from './fake-site.ts'
import { untilHalted } from './halted-process.ts'
import { converge } from './converge.ts'
import { findLost, withDatabase } from './oracle.ts'

vi.setConfig({ testTimeout: 900_000, hookTimeout: 600_000 })

/** Where a process halts is seen in /proc. */
const onLinux = process.platform === 'linux' ? describe : describe.skip

let jobs: BuiltJobs
const opened = new Map<string, Databases>()
beforeAll(async () => {
  jobs = await buildJobs()
  for (const kind of ['embedded', 'server'] as const) opened.set(kind, await openDatabases(kind))
})
afterAll(async () => {
  for (const databases of opened.values()) await databases.close()
  jobs.remove()
})

/** A site, a database and a way to start crawls between them. */
async function scene(kind: Databases['kind']) {
  const databases = opened.get(kind)
  if (databases === undefined) throw new Error(`no ${kind} databases were opened`)
  const site = await openFakeSite({ seed: 9 })
  const { settings, remove } = await databases.make('migrated')
  onTestFinished(async () => {
    await site.close()
    await remove()
  })
  const start = (task: Partial<ChildTask> = {}): Child => {
    const child = startChild({ jobs, job: 'crawl', flags: ['--refresh'], site, settings, ...task })
    onTestFinished(() => void child.process.kill('SIGKILL'))
    return child
  }
  const wrongs = () => converge(settings, site, () => start().end)
  return { site, settings, start, wrongs }
}

/** The feed that is gone is a failure of its own. */
const endedWell = 1
const held = 4

onLinux('a crawl that is told to stop', () => {
  it.each<[FailpointName, 'SIGTERM' | 'SIGINT', Databases['kind']]>([
    ['database-opened', 'SIGTERM', 'embedded'],
    ['run-started', 'SIGINT', 'server'],
    ['request-leaving', 'SIGTERM', 'server'],
    ['headers-read', 'SIGINT', 'embedded'],
    ['page-read', 'SIGTERM', 'embedded'],
    ['thread-answer-read', 'SIGINT', 'server'],
    ['page-saving', 'SIGTERM', 'embedded'],
    ['article-written', 'SIGTERM', 'server'],
    ['run-finishing', 'SIGINT', 'embedded'],
    ['database-closing', 'SIGTERM', 'server'],
  ])('at %s, by %s, ends in good order within 10 s (%s database)', async (failpoint, signal, kind) => {
    const { site, start, wrongs } = await scene(kind)
    // Half of the site is held, so that both ways to store a page are come by.
    await start({ flags: ['--limit', '3'] }).end
    site.newsroom.change(new Date())
    const begun = performance.now()
    const child = start({ failpoint: `${failpoint}:1:stop` })
    await untilHalted(child)
    const told = performance.now()
    child.process.kill(signal)
    child.process.kill('SIGCONT')
    const { code, stderr } = await child.end
    expect([code, stderr.includes('stopping after the page in hand')]).toEqual([
      signal === 'SIGINT' ? 130 : 143,
      true,
    ])
    // On a machine where starting alone takes longer, ending may too.
    expect(performance.now() - told).toBeLessThan(Math.max(10_000, 2 * (told - begun)))
    expect(await wrongs()).toEqual([])
  })

  it('twice, ends at once, and the next one makes it good', async () => {
    const { start, wrongs } = await scene('embedded')
    const child = start({ failpoint: 'page-saving:2:stop' })
    await untilHalted(child)
    child.process.kill('SIGTERM')
    child.process.kill('SIGINT')
    child.process.kill('SIGCONT')
    expect((await child.end).code).toSatisfy((code) => code === 130 || code === 143)
    expect(await wrongs()).toEqual([])
  })
})

onLinux('a crawl that is halted', () => {
  it('keeps its site, and goes on when it is continued', async () => {
    const { start, wrongs } = await scene('server')
    const halted = start({ failpoint: 'page-saving:2:stop' })
    await untilHalted(halted)
    expect((await start().end).code).toBe(held)
    halted.process.kill('SIGCONT')
    expect((await halted.end).code).toBe(endedWell)
    expect(await wrongs()).toEqual([])
  })

  it.each<FailpointName>(['page-saving', 'article-written'])(
    'and loses its site meanwhile writes nothing over what a later one stored (at %s)',
    async (failpoint) => {
      const { site, settings, start, wrongs } = await scene('server')
      expect((await start().end).code).toBe(endedWell)
      const halted = start({ failpoint: `${failpoint}:1:stop` })
      await untilHalted(halted)
      // As when the machine slept: the server has given its sessions up.
      const admin = postgres(settings.databaseUrl ?? '', { max: 1 })
      await admin`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`
      await admin.end()
      for (let change = 0; change < 6; change++) site.newsroom.change(new Date())
      expect((await start().end).code).toBe(endedWell)
      halted.process.kill('SIGCONT')
      const late = await halted.end
      expect([late.code, late.stdout]).toEqual([
        held,
        expect.stringContaining('was taken over by another process, which goes on from what is stored'),
      ])
      // Seen as it is: a further pass would mend it.
      expect(await withDatabase(settings, (database) => findLost(database, site))).toEqual([])
      expect(await wrongs()).toEqual([])
    },
  )
})

onLinux('the embedded database', () => {
  it('refuses a second opener, 20 of 20, and names the first', async () => {
    const { start } = await scene('embedded')
    const first = start({ failpoint: 'run-started:1:stop' })
    await untilHalted(first)
    const refusal = `is in use by process ${first.process.pid} on ${hostname()}`
    const refused: boolean[] = []
    for (let opener = 0; opener < 20; opener++) {
      const { code, stderr } = await start().end
      refused.push(code === held && stderr.includes(refusal))
    }
    expect(refused).toEqual(Array.from({ length: 20 }, () => true))
    first.process.kill('SIGCONT')
    expect((await first.end).code).toBe(endedWell)
  })
})
