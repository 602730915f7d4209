import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type BuiltJobs, buildJobs } from '../jobs/build-jobs.ts'
import { openDatabases } from './databases.ts'
import { failpointsOn, killAtFailpoints, killAtInstants } from './kills.ts'

/*
 * The short form of `npm run chaos`: of the failpoints each database takes its half, and a few instants. Every kill
 * costs a process of some two seconds.
 */
vi.setConfig({ testTimeout: 900_000, hookTimeout: 600_000 })

const seed = 2
const nothing = { lost: [], doubled: [], stuck: [], impolite: [] }

let jobs: BuiltJobs
beforeAll(async () => {
  jobs = await buildJobs()
})
afterAll(() => jobs.remove())

describe.each(['embedded', 'server'] as const)(
  'a crawl that is killed with SIGKILL (%s database)',
  (kind) => {
    it('loses, doubles and leaves nothing, and stays polite', async () => {
      const databases = await openDatabases(kind)
      const notes: string[] = []
      try {
        const { signal } = new AbortController()
        const rig = { jobs, databases, note: (line: string) => void notes.push(line), signal }
        const onServer = failpointsOn('server').filter((_, index) => index % 2 === 0)
        const names =
          kind === 'server' ? onServer : failpointsOn(kind).filter((name) => !onServer.includes(name))
        const failpoints = await killAtFailpoints(rig, { names, mostHits: 1, seed })
        expect(failpoints).toMatchObject({ kills: names.length, wrongs: nothing, unreached: [] })
        const instants = await killAtInstants(rig, { instants: 4, seed })
        expect(instants).toMatchObject({ kills: 4, wrongs: nothing })
      } finally {
        await databases.close()
      }
    })
  },
)
