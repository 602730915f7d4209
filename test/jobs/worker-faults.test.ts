import { describe, expect, it } from 'vitest'
import { bridge } from './paper-crawl.ts'
import { runJob } from './start-job.ts'
import { everything, heldComments, hurry, LONG, openJobs, workshop } from './workshop.ts'

/** Puts the clock of a process ahead by 40 minutes. */
const clockAhead = `--import data:text/javascript,${encodeURIComponent(`
  const { now } = Date
  Date.now = () => now() + 2400000
  globalThis.Date = new Proxy(Date, {
    construct: (target, given) => (given.length === 0 ? new target(Date.now()) : new target(...given)),
  })`)}`

describe('workers', () => {
  it(
    'run a slot once, though two schedulers queue it, one with its clock ahead',
    async () => {
      const { startWorker, rows, until, env, paper } = await workshop()
      const schedule = (more = {}) =>
        runJob('schedule', ['paper', '--queue', '--once'], { env: { ...env, ...more } })
      const both = await Promise.all([schedule(), schedule({ NODE_OPTIONS: clockAhead })])
      expect(both.map(({ code }) => code)).toEqual([0, 0])
      expect(both.map(({ stdout }) => stdout).toSorted()).toEqual(['No site is due.\n', 'paper queued\n'])
      startWorker()
      startWorker({ NODE_OPTIONS: clockAhead })
      await until("select count(*)::int as jobs from queue.job where state = 'completed'", [{ jobs: 1 }])
      expect((await schedule()).stdout).toBe('No site is due.\n')
      expect(await rows(heldComments)).toEqual(everything)
      expect(await rows('select job, outcome from runs')).toEqual([{ job: 'schedule', outcome: 'done' }])
      expect(paper.asked.filter((path) => path === bridge)).toHaveLength(1)
    },
    LONG,
  )

  it(
    'keep their sites from a process whose clock is ahead',
    async () => {
      const { busyWorker, until, rows, env } = await workshop()
      const { release } = await busyWorker()
      const ahead = await runJob('crawl', ['paper', '--allow-private-network'], {
        env: { ...env, NODE_OPTIONS: clockAhead },
      })
      expect(ahead.code).toBe(4)
      expect(ahead.stdout).toContain('held by another process')
      release()
      await until(openJobs, [])
      expect(await rows(heldComments)).toEqual(everything)
      expect(await rows('select count(*)::int as runs from runs')).toEqual([{ runs: 1 }])
    },
    LONG,
  )

  it(
    'go on after the database broke off every session, as it does in a fail-over',
    async () => {
      const { busyWorker, until, rows } = await workshop()
      const { worker, release } = await busyWorker()
      await rows(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`)
      release()
      const hurrying = setInterval(() => void rows(hurry), 2000)
      try {
        await until(openJobs, [])
      } finally {
        clearInterval(hurrying)
      }
      expect(await rows(heldComments)).toEqual(everything)
      expect(worker.process.exitCode).toBeNull()
    },
    LONG,
  )

  it.each([['worker'], ['crawl paper --queue'], ['schedule paper --queue'], ['doctor --redrive']])(
    'need a server: %s',
    async (line) => {
      const { env } = await workshop()
      const { DATABASE_URL: _none, ...embedded } = env
      const [job = '', ...flags] = line.split(' ')
      const { code, stderr } = await runJob(job, flags, { env: embedded })
      expect(code).toBe(2)
      expect(stderr).toContain('workers share a queue on a PostgreSQL server, and DATABASE_URL is not set')
    },
  )
})
