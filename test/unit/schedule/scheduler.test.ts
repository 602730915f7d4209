import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type KeptSlot, Scheduler, type SlotResult } from '../../../jobs/wiring/scheduler.ts'
import { defineSite, type Site } from '../../../src/sites/site.ts'

const MINUTE = 60_000

const gazette = defineSite({
  id: 'gazette',
  name: 'Gazette',
  url: 'https://gazette.example/',
  schedule: '*/30 * * * *',
})

/** A world in virtual time: one book of slots and one lock for all schedulers, and passes that take as long as told. */
class World {
  now = new Date('2026-03-01T10:00:00Z')
  readonly slots = new Map<string, KeptSlot>()
  readonly ran: string[] = []
  readonly held = new Set<string>()
  outcome: SlotResult['outcome'] = 'done'
  isUnwell = false
  /** Ends the passes that are running. */
  #finish: (() => void)[] = []
  passesWait = false

  scheduler(skew = 0): Scheduler<SlotResult> {
    const now = () => new Date(this.now.getTime() + skew)
    return new Scheduler<SlotResult>({
      now,
      book: {
        load: ({ id }) => Promise.resolve(this.slots.get(id) ?? null),
        save: ({ id }, slot) => Promise.resolve(void this.slots.set(id, slot)),
      },
      run: (site, isDue) => this.#pass(site, isDue),
    })
  }

  async #pass({ id }: Site, isDue: () => Promise<boolean>): Promise<SlotResult> {
    if (this.held.has(id)) return { outcome: 'held' }
    this.held.add(id)
    try {
      if (!(await isDue())) return { outcome: 'not_due' }
      this.ran.push(`${id} ${this.now.toISOString().slice(5, 16)}`)
      if (this.passesWait) await new Promise<void>((resolve) => this.#finish.push(resolve))
      return { outcome: this.outcome, isUnwell: this.isUnwell }
    } finally {
      this.held.delete(id)
    }
  }

  finish(): void {
    for (const end of this.#finish.splice(0)) end()
  }

  async minutes(
    count: number,
    schedulers: readonly Scheduler<SlotResult>[],
    sites: readonly Site[],
  ): Promise<void> {
    for (let minute = 0; minute < count; minute++) {
      for (const scheduler of schedulers) {
        const passes = await scheduler.wake(sites)
        await (this.passesWait ? new Promise((resolve) => setImmediate(resolve)) : Promise.all(passes))
      }
      this.now = new Date(this.now.getTime() + MINUTE)
    }
  }
}

describe('slots', () => {
  it('runs a site that was never scheduled at once, then at its slots', async () => {
    const world = new World()
    world.now = new Date('2026-03-01T10:07:00Z')
    await world.minutes(60, [world.scheduler()], [gazette])
    expect(world.ran).toEqual(['gazette 03-01T10:07', 'gazette 03-01T10:30', 'gazette 03-01T11:00'])
  })

  it('fires once however many schedulers there are, clocks some minutes apart', async () => {
    const world = new World()
    const schedulers = [world.scheduler(), world.scheduler(90_000), world.scheduler(-90_000)]
    await world.minutes(121, schedulers, [gazette])
    expect(world.ran.map((entry) => entry.slice(-5))).toEqual(['10:00', '10:29', '10:59', '11:29', '11:59'])
  })

  it('runs what was missed for a week once', async () => {
    const world = new World()
    const scheduler = world.scheduler()
    await world.minutes(1, [scheduler], [gazette])
    world.now = new Date('2026-03-08T10:10:00Z')
    await world.minutes(5, [scheduler], [gazette])
    expect(world.ran).toEqual(['gazette 03-01T10:00', 'gazette 03-08T10:10'])
  })

  it('does not start a pass while one is running, and merges the slots that came meanwhile', async () => {
    const world = new World()
    world.passesWait = true
    const [here, there] = [world.scheduler(), world.scheduler()]
    await world.minutes(95, [here, there], [gazette])
    expect(world.ran).toEqual(['gazette 03-01T10:00'])
    world.finish()
    await here.settled()
    await world.minutes(30, [here, there], [gazette])
    expect(world.ran).toEqual(['gazette 03-01T10:00', 'gazette 03-01T12:00'])
  })

  it('leaves the slot of a scheduler that died to another one', async () => {
    const world = new World()
    world.passesWait = true
    const dead = world.scheduler()
    await world.minutes(1, [dead], [gazette])
    // What a server does when the session of a killed process ends.
    world.held.delete('gazette')
    await world.minutes(1, [world.scheduler()], [gazette])
    expect(world.ran).toEqual(['gazette 03-01T10:00', 'gazette 03-01T10:01'])
  })

  it('takes an interrupted pass up again at the next tick, and a failed one at the next slot', async () => {
    const world = new World()
    world.outcome = 'interrupted'
    const scheduler = world.scheduler()
    await world.minutes(2, [scheduler], [gazette])
    world.outcome = 'failed'
    await world.minutes(40, [scheduler], [gazette])
    expect(world.ran.map((entry) => entry.slice(-5))).toEqual(['10:00', '10:01', '10:02', '10:30'])
  })

  it('visits a site that refuses ever more rarely, once a day at last, until a pass is good', async () => {
    const world = new World()
    world.isUnwell = true
    const scheduler = world.scheduler()
    const hourly = { ...gazette, schedule: '0 * * * *' }
    const jump = async () => {
      await world.minutes(1, [scheduler], [hourly])
      world.now = await scheduler.nextDue([hourly])
    }
    for (let pass = 0; pass < 8; pass++) await jump()
    world.isUnwell = false
    for (let pass = 0; pass < 3; pass++) await jump()
    const hours = world.ran.map((entry) => Date.parse(`2026-${entry.slice(-11)}Z`) / 3_600_000)
    const gaps = hours.slice(1).map((hour, index) => hour - (hours[index] ?? 0))
    expect(gaps).toEqual([1, 2, 4, 8, 16, 24, 24, 24, 1, 1])
  })

  it('goes by a clock that was put back', async () => {
    const world = new World()
    const scheduler = world.scheduler()
    await world.minutes(1, [scheduler], [gazette])
    world.now = new Date('2026-02-01T08:10:00Z')
    await world.minutes(60, [scheduler], [gazette])
    expect(world.ran.map((entry) => entry.slice(-11))).toEqual(['03-01T10:00', '02-01T08:30', '02-01T09:00'])
  })

  it('goes by a new expression from its next slot on', async () => {
    const world = new World()
    const scheduler = world.scheduler()
    await world.minutes(1, [scheduler], [gazette])
    const daily = { ...gazette, schedule: '15 12 * * *' }
    await world.minutes(150, [scheduler], [daily])
    expect(world.ran.map((entry) => entry.slice(-5))).toEqual(['10:00', '12:15'])
  })

  it.each([
    ['2026-03-28T23:00:00Z', '30 1 * * *', ['03-29T01:30', '03-30T00:30']],
    ['2026-10-24T23:00:00Z', '30 1 * * *', ['10-25T00:30', '10-26T01:30']],
  ])('runs a daily slot once in a night that changes the clock (%s)', async (start, schedule, expected) => {
    const world = new World()
    world.now = new Date(start)
    const london = { ...gazette, schedule, scheduleZone: 'Europe/London' }
    await world.minutes(60 * 30, [world.scheduler()], [london])
    expect(world.ran.slice(1).map((entry) => entry.slice(-11))).toEqual(expected)
  })

  it('keeps an even interval through such a night', async () => {
    const world = new World()
    world.now = new Date('2026-10-24T23:59:00Z')
    const london = { ...gazette, scheduleZone: 'Europe/London' }
    await world.minutes(181, [world.scheduler()], [london])
    expect(world.ran.slice(1)).toHaveLength(6)
  })

  it('never runs a site twice at once, nor a slot twice, whatever the schedulers do', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 200 }), async (moves) => {
        const world = new World()
        const schedulers = [world.scheduler(), world.scheduler(), world.scheduler()]
        for (const move of moves) {
          world.passesWait = move % 2 === 0
          const scheduler = schedulers[move]
          if (scheduler === undefined) world.finish()
          else void (await scheduler.wake([gazette]))
          await new Promise((resolve) => setImmediate(resolve))
          world.now = new Date(world.now.getTime() + 7 * MINUTE)
        }
        expect(new Set(world.ran).size).toBe(world.ran.length)
        const slots = world.ran
          .slice(1)
          .map((entry) => Math.floor(Date.parse(`2026-${entry.slice(-11)}Z`) / (30 * MINUTE)))
        expect(new Set(slots).size).toBe(slots.length)
      }),
      { numRuns: 50 },
    )
  })
})
