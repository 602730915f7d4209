import { sql } from 'drizzle-orm'
import { expect, it, onTestFinished } from 'vitest'
import type { OpenDatabase } from '../../src/db/client.ts'
import type { CrawlOrder } from '../../src/queue/crawl-order.ts'
import { CrawlQueue, type OrderEnd, type TakenOrder } from '../../src/queue/crawl-queue.ts'
import { newDatabase } from './new-database.ts'
import { rowsOf } from './table-dump.ts'

const orderFor = (siteId: string, job: CrawlOrder['job'] = 'crawl'): CrawlOrder => ({
  siteId,
  name: siteId,
  job,
  pass: {
    since: new Date('2026-03-01T00:00:00Z'),
    limit: 3,
    maxRequests: null,
    comments: true,
    refresh: false,
    articles: [],
  },
  lostRun: null,
})

async function queuesOn(count: number): Promise<{ queues: CrawlQueue[]; database: OpenDatabase }> {
  const made = await newDatabase('server')
  onTestFinished(() => made.remove())
  const database = await made.open()
  const queues = await Promise.all(
    Array.from({ length: count }, () => CrawlQueue.open(made.settings.databaseUrl!, () => undefined)),
  )
  onTestFinished(async () => void (await Promise.all(queues.map((queue) => queue.close()))))
  return { queues, database }
}

const done: OrderEnd = { kind: 'done', outcome: 'done' }

/** Takes orders until the handler has had so many. */
async function take(queue: CrawlQueue, count: number, handle: (taken: TakenOrder) => OrderEnd = () => done) {
  const taken: TakenOrder[] = []
  await queue.work(1, async (next) => {
    taken.push(next)
    return handle(next)
  })
  await expect.poll(() => taken.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(count)
  return taken
}

const jobs = (database: OpenDatabase) =>
  rowsOf(
    database,
    sql`select name, singleton_key as site, state::text, retry_count from queue.job
      where state < 'completed' order by created_on`,
  )

it('keeps one order per site, whoever adds it, and gives it out with all that it says', async () => {
  const { queues, database } = await queuesOn(2)
  const added = await Promise.all(
    Array.from({ length: 10 }, (_, n) => queues[n % 2]!.add(orderFor('a', 'schedule'), 0)),
  )
  expect(added.filter((how) => how === 'queued')).toHaveLength(1)
  expect(added.filter((how) => how === 'waiting')).toHaveLength(9)
  expect(await jobs(database)).toHaveLength(1)
  const seen: TakenOrder[] = []
  const during: string[] = []
  await queues[0]!.work(1, async (taken) => {
    seen.push(taken)
    during.push(await queues[1]!.add(orderFor('a'), 0))
    return done
  })
  await expect.poll(() => during, { timeout: 60_000 }).toEqual(['waiting'])
  expect(seen).toMatchObject([{ order: orderFor('a', 'schedule'), formerAttempts: 0 }])
  await expect.poll(() => queues[1]!.add(orderFor('a'), 0), { timeout: 60_000 }).toBe('queued')
})

it('gives out what is urgent first', async () => {
  const { queues } = await queuesOn(1)
  const [queue] = queues
  await queue!.add(orderFor('scheduled', 'schedule'), 0)
  await queue!.add(orderFor('asked'), 10)
  await queue!.add(orderFor('urgent'), 20)
  const taken = await take(queue!, 3)
  expect(taken.map(({ order }) => order?.siteId)).toEqual(['urgent', 'asked', 'scheduled'])
})

it('gives an order to a free worker at once, and the next one to a worker that is soon done', async () => {
  const { queues } = await queuesOn(2)
  const taken: string[] = []
  await queues[0]!.work(1, async ({ order }) => {
    taken.push(order!.siteId)
    return done
  })
  const began = performance.now()
  const rounds = 4
  for (let round = 0; round < rounds; round += 1) {
    // Both are added before the free worker has looked again, were it not told.
    for (const name of ['one', 'other']) await queues[1]!.add(orderFor(`${name}-${round}`), 0)
    await expect.poll(() => taken.length, { timeout: 60_000, interval: 20 }).toBe(2 * round + 2)
  }
  // By looking every five seconds, or every two, each round but the first would take as long.
  const seconds = (performance.now() - began) / 1000
  expect(seconds).toBeLessThan(2 * (rounds - 1))
})

it('tries an order whose workers were killed within half a minute, however often', async () => {
  const { queues, database } = await queuesOn(1)
  await queues[0]!.add(orderFor('a'), 0)
  const [times] = await rowsOf(
    database,
    sql`select retry_delay, retry_delay_max, heartbeat_seconds from queue.job where singleton_key = 'a'`,
  )
  expect(times).toEqual({ retry_delay: 2, retry_delay_max: 5, heartbeat_seconds: 10 })
})

it('has an order that was handed back wait as before, and counts no attempt', async () => {
  const { queues, database } = await queuesOn(2)
  await queues[0]!.add(orderFor('a'), 7)
  await take(queues[0]!, 1, () => ({ kind: 'hand_back', afterSeconds: 3600, lostRun: 12 }))
  await queues[0]!.close()
  const [waiting] = await jobs(database)
  expect(waiting).toEqual({ name: 'crawl', site: 'a', state: 'created', retry_count: 0 })
  await rowsOf(database, sql`update queue.job set start_after = now() where state = 'created'`)
  const [again] = await take(queues[1]!, 1)
  expect(again).toMatchObject({ order: { ...orderFor('a'), lostRun: 12 }, formerAttempts: 0 })
})

it('leaves an order of a newer version to newer workers', async () => {
  const { queues, database } = await queuesOn(1)
  await queues[0]!.add(orderFor('a'), 0)
  await rowsOf(database, sql`update queue.job set data = data || '{"version": 2, "pass": "another way"}'`)
  const [taken] = await take(queues[0]!, 1, ({ order }) =>
    order === null ? { kind: 'hand_back', afterSeconds: 3600 } : done,
  )
  expect(taken?.order).toBeNull()
  await queues[0]!.close()
  expect(await jobs(database)).toEqual([{ name: 'crawl', site: 'a', state: 'created', retry_count: 0 }])
  expect(
    await rowsOf(database, sql`select data->'pass' as pass from queue.job where state = 'created'`),
  ).toEqual([{ pass: 'another way' }])
})

it('sets aside what fails three times, does not schedule it again, and puts it back when told to', async () => {
  const { queues, database } = await queuesOn(1)
  const [queue] = queues
  await queue!.add(orderFor('a'), 0)
  await queue!.add(orderFor('b'), 0)
  const hurry = setInterval(
    () => void rowsOf(database, sql`update queue.job set start_after = now() where state = 'retry'`),
    200,
  )
  onTestFinished(() => clearInterval(hurry))
  const taken = await take(queue!, 4, ({ order }) => {
    if (order?.siteId === 'a') throw new Error('its feed makes us ill')
    return done
  })
  expect(taken.filter(({ order }) => order?.siteId === 'a').map((one) => one.formerAttempts)).toEqual([
    0, 1, 2,
  ])
  await expect.poll(() => queue!.counts()).toEqual({ waiting: 0, running: 0, setAside: 1 })
  clearInterval(hurry)
  expect(await queue!.setAside()).toEqual([
    { site: 'a', since: expect.any(Date), reason: 'its feed makes us ill' },
  ])
  expect(await queue!.add(orderFor('a', 'schedule'), 0)).toBe('set_aside')
  expect(await queue!.redrive()).toEqual({ putBack: 1, kept: 0 })
  expect(await queue!.setAside()).toEqual([])
  expect(await queue!.add(orderFor('a', 'schedule'), 0)).toBe('waiting')
})

it('puts back one order of a site at a time, and loses none of the others', async () => {
  const { queues, database } = await queuesOn(2)
  const [queue, workers] = queues
  await workers!.work(1, () => {
    throw new Error('its feed makes us ill')
  })
  const hurry = setInterval(
    () => void rowsOf(database, sql`update queue.job set start_after = now() where state = 'retry'`),
    200,
  )
  onTestFinished(() => clearInterval(hurry))
  const setAside = async () => (await queue!.setAside()).map(({ site }) => site).toSorted()
  for (const site of ['a', 'b']) await queue!.add(orderFor(site), 0)
  await expect.poll(setAside, { timeout: 60_000 }).toEqual(['a', 'b'])
  await queue!.add(orderFor('a'), 0)
  await expect.poll(setAside, { timeout: 60_000 }).toEqual(['a', 'a', 'b'])
  clearInterval(hurry)
  await workers!.close()
  expect(await queue!.add(orderFor('a'), 0)).toBe('queued')
  expect(await queue!.redrive()).toEqual({ putBack: 1, kept: 2 })
  expect(await setAside()).toEqual(['a', 'a'])
  expect((await jobs(database)).filter(({ name }) => name === 'crawl')).toMatchObject([
    { site: 'a' },
    { site: 'b' },
  ])
  await rowsOf(database, sql`update queue.job set state = 'completed' where name = 'crawl'`)
  expect(await queue!.redrive()).toEqual({ putBack: 1, kept: 1 })
  expect(await setAside()).toEqual(['a'])
})

it('gives the order of a worker that was lost to another one, and tells the first', async () => {
  const { queues, database } = await queuesOn(2)
  await queues[0]!.add(orderFor('a'), 0)
  const claims: AbortSignal[] = []
  let release: (end: OrderEnd) => void = () => undefined
  await queues[0]!.work(1, ({ signal }) => {
    claims.push(signal)
    return new Promise((resolve) => {
      release = resolve
    })
  })
  await expect.poll(() => claims.length, { timeout: 60_000 }).toBe(1)
  // It goes on giving signs of life, between which it is looked at.
  const stopHeart = sql`update queue.job set heartbeat_on = now() - interval '1 minute' where state = 'active'`
  const jobAfterSilence = async () => {
    await rowsOf(database, stopHeart)
    return (await jobs(database))[0]
  }
  await expect.poll(jobAfterSilence, { timeout: 60_000 }).toMatchObject({ state: 'retry' })
  await rowsOf(database, sql`update queue.job set start_after = now() where state = 'retry'`)
  const [taken] = await take(queues[1]!, 1)
  expect(taken?.formerAttempts).toBe(1)
  await expect.poll(() => claims[0]!.aborted, { timeout: 60_000 }).toBe(true)
  release({ kind: 'hand_back', afterSeconds: 0 })
  await queues[0]!.close()
  expect(await jobs(database)).toEqual([])
})
