import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type BuiltJobs, buildJobs } from '../jobs/build-jobs.ts'
import { startChild } from './child.ts'
import { openDatabases } from './databases.ts'
import { openFakeSite } from './fake-site.ts'
import { converge } from './converge.ts'

vi.setConfig({ testTimeout: 900_000, hookTimeout: 600_000 })

/** A disk of so many megabytes in memory, or null where none may be mounted (who is not root on Linux). */
function mountDisk(megabytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'commentariat-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=777`, 'tmpfs', folder], {
      stdio: 'ignore',
    })
    return folder
  } catch (error) {
    if (!(error instanceof Error)) throw error
    rmdirSync(folder)
    return null
  }
}

const disk = mountDisk(400)
if (disk === null) process.stderr.write('no disk is filled: mounting one takes root on Linux\n')

describe.skipIf(disk === null)('a crawl whose disk is full', () => {
  const folder = disk ?? ''
  const filler = join(folder, 'filler')
  const usualFolder = process.env['TMPDIR']
  let jobs: BuiltJobs

  beforeAll(async () => {
    jobs = await buildJobs()
    process.env['TMPDIR'] = folder
  })
  afterAll(() => {
    if (usualFolder === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = usualFolder
    jobs.remove()
    execFileSync('umount', ['-l', folder])
    rmdirSync(folder)
  })

  /** Before its log is open, and in it. */
  const isLastWord = (line: string): boolean => /^commentariat: |^\{"level":60,/.test(line)

  /** Fills the disk but for so many octets. */
  const fill = (left: number): void => {
    rmSync(filler, { force: true })
    const { bavail, bsize } = statfsSync(folder)
    writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - left)))
  }

  // PGlite has its log's next file to write as well; a server has it already.
  it.each([
    ['embedded', [400_000, 150_000]],
    ['server', [30_000, 0]],
  ] as const)(
    'ends at once with one line that says so, and goes on when there is room again (%s database)',
    async (kind, lefts) => {
      const databases = await openDatabases(kind)
      const site = await openFakeSite({ seed: 4, articles: 12, comments: 12 })
      onTestFinished(async () => {
        rmSync(filler, { force: true })
        await site.close()
        await databases.close()
      })
      const { settings } = await databases.make('migrated')
      const crawl = () => startChild({ jobs, job: 'crawl', flags: ['--refresh'], site, settings }).end
      for (const left of lefts) {
        fill(left)
        const asked = site.newsroom.requests().length
        const { code, stderr } = await crawl()
        expect([code, stderr.split('\n').filter(isLastWord)]).toEqual([
          3,
          [expect.stringMatching(/disk.*room|could not write/)],
        ])
        expect(stderr).not.toMatch(/\n {4}at /)
        // It does not go on asking for what it can't store.
        expect(site.newsroom.requests().length - asked).toBeLessThan(25)
        site.newsroom.change(new Date())
      }
      rmSync(filler)
      expect(await converge(settings, site, crawl)).toEqual([])
    },
  )
})
