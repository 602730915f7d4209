import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openSmallPaper } from './small-paper.ts'
import { runJob, type StartedJob } from './start-job.ts'
import { everything, heldComments, hurry, LONG, openJobs, PATIENCE, silence, workshop } from './workshop.ts'

describe('a worker', () => {
  it(
    'crawls what is queued, hands back what it holds when it is stopped, and the next one goes on',
    async () => {
      const { queue, startWorker, busyWorker, rows, until, env } = await workshop()
      expect(await queue('paper')).toMatchObject({ code: 0, stdout: 'paper queued\n', stderr: '' })
      expect(await queue('paper', '--json')).toMatchObject({
        code: 0,
        stdout: `${JSON.stringify({ sites: [{ site: 'paper', outcome: 'waiting' }], exitCode: 0 })}\n`,
      })
      const { worker: first, release } = await busyWorker()
      expect(await rows(openJobs)).toEqual([{ site: 'paper', state: 'active', retry_count: 0 }])
      first.process.kill('SIGTERM')
      release()
      expect(await first.result).toMatchObject({ code: 143 })
      expect(await rows(openJobs)).toEqual([{ site: 'paper', state: 'created', retry_count: 0 }])
      const second = startWorker()
      await until(openJobs, [])
      expect(await rows(heldComments)).toEqual(everything)
      const doctor = await runJob('doctor', [], { env })
      expect(doctor.stdout).toContain(
        'queue          ok     0 sites wait, 0 are being crawled, 0 were set aside',
      )
      second.process.kill('SIGTERM')
      expect((await second.result).code).toBe(143)
      expect(await rows('select distinct job from runs')).toEqual([{ job: 'crawl' }])
    },
    LONG,
  )

  it(
    'that is stopped for a minute and resumed commits nothing of what another one did meanwhile',
    async () => {
      const { startWorker, busyWorker, rows, until } = await workshop()
      const { worker: first, release } = await busyWorker()
      first.process.kill('SIGSTOP')
      for (const statement of silence) await rows(statement)
      startWorker()
      await until("select state::text from queue.job where state = 'retry'", [{ state: 'retry' }])
      await rows(hurry)
      await until(openJobs, [])
      expect(await rows(heldComments)).toEqual(everything)
      const before = await rows('select id, checked_at::text, revision from articles order by id')
      release()
      first.process.kill('SIGCONT')
      await expect
        .poll(async () => first.process.exitCode ?? (await rows('select 1')).length, PATIENCE)
        .toBe(1)
      first.process.kill('SIGTERM')
      const { stdout, code } = await first.result
      expect(code).toBe(143)
      expect(stdout).toContain('paper held: paper was taken over by another process')
      expect(await rows('select id, checked_at::text, revision from articles order by id')).toEqual(before)
      expect(await rows('select outcome, count(*)::int from runs group by 1 order by 1')).toEqual([
        { outcome: 'done', count: 1 },
        { outcome: 'interrupted', count: 1 },
      ])
    },
    LONG,
  )

  it(
    'leaves to others an order for a site that it does not know, or may not crawl without a contact',
    async () => {
      const { queue, startWorker, rows, until, env } = await workshop()
      const foreign = { id: 'foreign', name: 'Foreign', url: 'https://foreign.example/' }
      writeFileSync(join(env['COMMENTARIAT_SITES']!, 'foreign.json'), JSON.stringify(foreign))
      await queue('paper')
      await queue('foreign')
      const waiting = ['foreign', 'paper'].map((site) => ({ site, state: 'created', retry_count: 0 }))
      const noSites = mkdtempSync(join(tmpdir(), 'commentariat-sites-'))
      onTestFinished(() => rmSync(noSites, { recursive: true }))
      const handedBack =
        "select distinct singleton_key as site from queue.job where state = 'completed' and output->>'kind' = 'hand_back' order by 1"
      const stranger = startWorker({ COMMENTARIAT_SITES: noSites })
      await until(handedBack, [{ site: 'foreign' }, { site: 'paper' }])
      stranger.process.kill('SIGTERM')
      expect((await stranger.result).stdout).toContain(
        'an order was left to other workers: There is no site "paper"',
      )
      expect(await rows(`${openJobs} order by 1`)).toEqual(waiting)
      await rows("delete from queue.job where state = 'completed'")
      await rows(hurry)
      const nameless = startWorker({ COMMENTARIAT_CONTACT: '' })
      await until(handedBack, [{ site: 'foreign' }])
      await until(heldComments, everything)
      await until(openJobs, [waiting[0]])
      nameless.process.kill('SIGTERM')
      expect((await nameless.result).stdout).toContain(
        'an order was left to other workers: COMMENTARIAT_CONTACT is not set',
      )
    },
    LONG,
  )

  it(
    'that a site kills at once, again and again, has this one set aside and no other, until it is put back',
    async () => {
      const poison = await openSmallPaper()
      onTestFinished(() => poison.stop())
      const { paper, queue, startWorker, rows, until, env } = await workshop({ poison })
      let worker: StartedJob | null = null
      let deaths = 0
      poison.answers.set('/feed/', () => {
        deaths += 1
        worker?.process.kill('SIGKILL')
        return { status: 503 }
      })
      await queue('poison')
      await queue('paper')
      const setAside = "select singleton_key as site from queue.job where name = 'crawl-set-aside'"
      const hurrying = setInterval(() => void rows(hurry), 1000)
      onTestFinished(() => clearInterval(hurrying))
      for (let isAlive = false; !isAlive;) {
        worker = startWorker()
        const set = vi.waitUntil(async () => (await rows(setAside)).length > 0, PATIENCE)
        isAlive = await Promise.race([worker.result.then(() => false), set.then(() => true)])
        set.catch(() => undefined)
        if (!isAlive) await rows(silence[0]!)
        expect(deaths).toBeLessThan(12)
      }
      clearInterval(hurrying)
      expect(await rows(setAside)).toEqual([{ site: 'poison' }])
      await until(openJobs, [{ site: 'poison', state: 'created', retry_count: 0 }])
      expect(await rows(heldComments)).toEqual(everything)
      const found = await runJob('doctor', [], { env })
      expect(found.code).toBe(1)
      expect(found.stdout).toMatch(
        /queue +FAULT +poison was set aside on .*: it ended its worker 3 times; mend it/,
      )
      const scheduled = await runJob('schedule', ['poison', '--queue', '--once'], { env })
      expect(scheduled.stdout).toMatch(
        /^poison was set aside and is not crawled; .*: npm run doctor -- --redrive\n$/,
      )
      expect(scheduled.code).toBe(1)
      poison.answers.set('/feed/', paper.answers.get('/feed/')!)
      const redriven = await runJob('doctor', ['--redrive'], { env })
      expect(redriven.stdout).toContain('1 sites were put back')
      await until(
        "select outcome from runs where site_id = 'poison' and finished_at is not null order by id desc limit 1",
        [{ outcome: 'done' }],
      )
    },
    LONG,
  )
})
