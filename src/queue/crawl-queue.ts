import { type Db, type JobWithMetadata, PgBoss } from 'pg-boss'
import { z } from 'zod'
import { type CrawlOrder, readOrder, writeOrder } from './crawl-order.ts'

/** Schema of the queue's own tables, beside ours. */
export const QUEUE_SCHEMA = 'queue'
const CRAWL = 'crawl'
const SET_ASIDE = 'crawl-set-aside'

/** Times that an order may end its worker, or fail, before it is set aside. */
const ATTEMPTS = 3
/** A worker of which nothing is heard for so long is lost; pg-boss allows no less. */
const HEARTBEAT_SECONDS = 10
const SUPERVISE_SECONDS = 5
/**
 * How often a free place looks for an order by itself: for those that become due later, such as one that is tried again.
 * Of one that is added all free places are told at once.
 */
const LOOK_SECONDS = 5
const LOOK_SECONDS_UNTOLD = 2
const CONNECTIONS = 3
const DAY = 24 * 60 * 60

const crawlQueue = {
  retryLimit: ATTEMPTS - 1,
  // Fifteen seconds may pass before a death is noticed, and the site is to be taken over within a minute each time.
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 5,
  notify: true,
  expireInSeconds: DAY,
  deleteAfterSeconds: DAY,
  heartbeatSeconds: HEARTBEAT_SECONDS,
}

export interface TakenOrder {
  /** Null for an order of a newer version. */
  readonly order: CrawlOrder | null
  /** Attempts before this one. */
  readonly formerAttempts: number
  /** Should this attempt fail too, or end its worker, then the order is set aside. */
  readonly isLastAttempt: boolean
  /** Aborted when the order was given to another worker, since nothing was heard of this one. */
  readonly signal: AbortSignal
}

/** What becomes of an order after an attempt; one that throws counts as failed and is tried again, a little later. */
export type OrderEnd =
  | { readonly kind: 'done'; readonly outcome: string }
  /** It waits for any worker again, as if it had not been taken. */
  | { readonly kind: 'hand_back'; readonly afterSeconds: number; readonly lostRun?: number }

export interface SetAsideOrder {
  readonly site: string
  readonly since: Date
  readonly reason: string
}

export interface RedrivenOrders {
  readonly putBack: number
  /** Still set aside: another order of the site waits or is being done. */
  readonly kept: number
}

export interface QueueCounts {
  readonly waiting: number
  readonly running: number
  readonly setAside: number
}

/** Which orders wait is kept by pg-boss, in the database that everything else is in. */
export class CrawlQueue {
  readonly #boss: PgBoss

  private constructor(boss: PgBoss) {
    this.#boss = boss
  }

  /**
   * Opens the queue, and makes or migrates its tables where they are not there or old.
   * @param onFault told what went wrong in the background, such as a lost connection; it is tried again.
   */
  static async open(databaseUrl: string, onFault: (error: Error) => void): Promise<CrawlQueue> {
    const boss = new PgBoss({
      connectionString: databaseUrl,
      application_name: 'commentariat queue',
      schema: QUEUE_SCHEMA,
      max: CONNECTIONS,
      schedule: false,
      useListenNotify: true,
      superviseIntervalSeconds: SUPERVISE_SECONDS,
      monitorIntervalSeconds: SUPERVISE_SECONDS,
    })
    boss.on('error', onFault)
    await boss.start()
    await boss.createQueue(SET_ASIDE, { retentionSeconds: 365 * DAY })
    await boss.createQueue(CRAWL, { policy: 'exclusive', deadLetter: SET_ASIDE, ...crawlQueue })
    await boss.updateQueue(CRAWL, crawlQueue)
    return new CrawlQueue(boss)
  }

  /**
   * Adds an order, unless one for the site waits or is being done. What was set aside is not scheduled again by itself.
   * @param priority the higher, the sooner.
   */
  async add(order: CrawlOrder, priority: number): Promise<'queued' | 'waiting' | 'set_aside'> {
    if (order.job === 'schedule') {
      const setAside = await this.#boss.findJobs(SET_ASIDE, { key: order.siteId, queued: true })
      if (setAside.length > 0) return 'set_aside'
    }
    const id = await this.#boss.send(CRAWL, writeOrder(order), { singletonKey: order.siteId, priority })
    return id === null ? 'waiting' : 'queued'
  }

  /** Takes orders, several at a time, until the queue is closed. */
  async work(atOnce: number, handle: (taken: TakenOrder) => Promise<OrderEnd>): Promise<void> {
    for (let place = 0; place < atOnce; place += 1) await this.#openPlace(handle)
  }

  async #openPlace(handle: (taken: TakenOrder) => Promise<OrderEnd>): Promise<void> {
    const options = {
      pollingIntervalSeconds: LOOK_SECONDS_UNTOLD,
      notifyPollingIntervalSeconds: LOOK_SECONDS,
      includeMetadata: true,
    } as const
    const place: string = await this.#boss.work<unknown, object, typeof options>(
      CRAWL,
      options,
      async ([job]) => {
        if (job === undefined) throw new TypeError('pg-boss called a handler without a job')
        // However soon this order is done, the next one is taken without a wait.
        this.#boss.notifyWorker(place)
        const { data, retryCount, signal } = job
        const end = await handle({
          order: readOrder(data),
          formerAttempts: retryCount,
          isLastAttempt: retryCount === ATTEMPTS - 1,
          signal,
        })
        if (end.kind === 'hand_back') await this.#handBack(job, end)
        return end
      },
    )
  }

  /** Ends this attempt and adds the order anew, in one transaction: it is never lost, and the attempt not counted. */
  async #handBack(job: JobWithMetadata<unknown>, end: OrderEnd & { kind: 'hand_back' }): Promise<void> {
    const attempt = { id: job.id, retryCount: job.retryCount }
    const data = {
      ...objectShape.parse(job.data),
      ...(end.lostRun === undefined ? {} : { lostRun: end.lostRun }),
    }
    await this.#inTransaction(async (db) => {
      const { affected } = responseShape.parse(await this.#boss.complete(CRAWL, attempt, end, { db }))
      const singletonKey = job.singletonKey ?? job.id
      const again = { db, singletonKey, priority: job.priority, startAfter: end.afterSeconds }
      if (affected > 0) await this.#boss.send(CRAWL, data, again)
      return true
    })
  }

  /** @param work done only when it says true; else all of it is undone. @returns what it said. */
  async #inTransaction(work: (db: Db) => Promise<boolean>): Promise<boolean> {
    const transaction = await this.#boss.getDb().beginTransaction?.()
    if (transaction === undefined) throw new TypeError('pg-boss has lost its transactions')
    try {
      const isWanted = await work(transaction.db)
      await (isWanted ? transaction.commit() : transaction.rollback())
      return isWanted
    } catch (error) {
      await transaction.rollback()
      throw error
    }
  }

  async counts(): Promise<QueueCounts> {
    const [crawl, setAside] = await Promise.all([CRAWL, SET_ASIDE].map((name) => this.#count(name)))
    const of = (states: typeof crawl, state: string) => states?.get(state) ?? 0
    return {
      waiting: of(crawl, 'created') + of(crawl, 'retry'),
      running: of(crawl, 'active'),
      setAside: of(setAside, 'created'),
    }
  }

  async #count(name: string): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.#boss
      .getDb()
      .executeSql(`select state::text, count(*)::int from ${QUEUE_SCHEMA}.job where name = $1 group by 1`, [
        name,
      ])
    return new Map(countShape.parse(rows).map(({ state, count }) => [state, count]))
  }

  /** Orders that ended their worker, or failed, too often. */
  async setAside(): Promise<SetAsideOrder[]> {
    const jobs = await this.#boss.findJobs<unknown>(SET_ASIDE, { queued: true })
    return jobs.map(({ singletonKey, createdOn, sourceOutput }) => ({
      site: singletonKey ?? 'unknown',
      since: createdOn,
      reason: reasonOf(sourceOutput),
    }))
  }

  /** Puts back what was set aside, the oldest first; an order stays set aside where another one of its site is open. */
  async redrive(): Promise<RedrivenOrders> {
    const jobs = await this.#boss.findJobs(SET_ASIDE, { queued: true })
    let putBack = 0
    for (const { id } of jobs.toSorted((a, b) => a.createdOn.getTime() - b.createdOn.getTime())) {
      // pg-boss drops what it finds no place for, and all at once where two are of one site: so each goes by itself.
      const move = async (db: Db) => (await this.#boss.redrive(SET_ASIDE, { ids: [id], db })) > 0
      if (await this.#inTransaction(move)) putBack += 1
    }
    return { putBack, kept: jobs.length - putBack }
  }

  /** Takes no more orders, waits for those in hand to be done or handed back, and ends. */
  async close(): Promise<void> {
    await this.#boss.offWork(CRAWL, { wait: true })
    await this.#boss.stop({ graceful: true, timeout: 5000 })
  }
}

const objectShape = z.record(z.string(), z.unknown())
const responseShape = z.object({ affected: z.number() })
const countShape = z.array(z.object({ state: z.string(), count: z.number() }))
const outputShape = z.union([
  z.object({ message: z.string() }).transform(({ message }) => message),
  z.object({ value: z.object({ message: z.string() }) }).transform(({ value }) => value.message),
])

function reasonOf(output: unknown): string {
  const { data } = outputShape.safeParse(output)
  if (data === undefined) return 'it ended its worker'
  return data === 'job heartbeat timeout' ? `it ended its worker ${ATTEMPTS} times` : data
}
