import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads'
import { Piscina } from 'piscina'
import { Failure } from '../../failure.ts'
import type { Extracted, ExtractionTask } from './extraction.ts'
import type { ExtractionOutcome, StartedTask } from './extraction-thread.ts'
import { placesInSource, threadProgram } from './thread-program.ts'

const PAGE_SECONDS = 5
const THREAD_MEGABYTES = 384
/**
 * Six times the room in which a page's tree is made: the less room, the more collections find the tree alive. Of several
 * threads each has the half, so that many cores do not take a gigabyte.
 */
const YOUNG_MEGABYTES = { alone: 48, among: 24 }

/**
 * Settings of V8's for a process that makes and drops a page's tree a hundred times a second. No tree outlives its
 * page, but left alone V8 takes to making the nodes among the long-lived objects, where only a full collection finds
 * them. And it would let the heap grow to a multiple before it collects; but with little more than what is alive, the main
 * thread's is marked over and over. What was compiled for a rare page is kept for the next of its kind. The room for the
 * young that a job is started with, `crawl` for one, is that of its main thread, but would go before the threads' own.
 */
const COLLECTOR_FLAGS = [
  '--no-allocation-site-pretenuring',
  '--heap-growing-percent=60',
  '--no-flush-bytecode',
  '--max-semi-space-size=0',
]

/**
 * Before its first collection V8 knows nothing of how little is alive, and lets what loading the program left behind grow
 * to 100 MB; after one it goes by how much there is.
 */
function collectOnce(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc()')
}

/**
 * Pages that a thread is given at once. It reads one after the other, but need not wait for the main thread, which is
 * busy storing, to hear that one is read and to hand over the next.
 */
const PAGES_AT_HAND = 3

/** Threads that a page may have after those that were lost to others; where none starts, that ends too. */
const FURTHER_TRIES = 5

type Pool = Piscina<StartedTask, ExtractionOutcome>

/**
 * Reads pages in threads of their own, each page under a limit of time and memory, so that a hostile
 * one can neither stop the crawl nor take it down.
 */
export class ExtractionPool {
  readonly #pool: Promise<Pool>
  readonly #seconds: number
  #isClosed = false

  /** @param seconds of each page, counted from when a thread begins with it. */
  constructor(
    threads = Math.max(1, Math.min(availableParallelism() - 1, 8)),
    seconds = PAGE_SECONDS,
    megabytes = THREAD_MEGABYTES,
  ) {
    this.#seconds = seconds
    this.#pool = startPool(threads, megabytes)
    // Told to whoever asks the pool for something.
    this.#pool.catch(() => undefined)
  }

  /** @throws Failure of the page; `hostile_html` when it went over a limit. */
  async extract<Task extends ExtractionTask>(task: Task): Promise<Extracted[Task['kind']]> {
    const outcome = await this.#run(task)
    // The kind of the task decides the kind of the value, which no type can say across threads.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    if (outcome.ok) return outcome.value as Extracted[Task['kind']]
    throw new Failure(outcome.class, await placesInSource(outcome.message), {
      url: outcome.url ?? task.answer.url,
    })
  }

  async #run(task: ExtractionTask): Promise<ExtractionOutcome> {
    for (let further = FURTHER_TRIES; ; further--) {
      const outcome = await this.#try(task, further > 0)
      if (outcome !== null) return outcome
    }
  }

  /** @returns null when the thread was lost to another page, and the page may have another. */
  async #try(task: ExtractionTask, mayHaveAnother: boolean): Promise<ExtractionOutcome | null> {
    const pool = await this.#pool
    const { port1: news, port2: started } = new MessageChannel()
    const turn = new Turn(pool, this.#seconds)
    news.once('message', (thread: number) => turn.begin(thread))
    try {
      return await pool.run({ task, started }, { transferList: [started] })
    } catch (error) {
      const hasBegun = turn.hasBegun || receiveMessageOnPort(news) !== undefined
      if (!hasBegun && mayHaveAnother && !this.#isClosed) return null
      const { url } = task.answer
      const message = turn.isOver
        ? `reading ${url} took more than ${this.#seconds} s and was stopped`
        : `reading ${url} ended its thread: ${error instanceof Error ? error.message : String(error)}`
      throw new Failure('hostile_html', message, { url, cause: error })
    } finally {
      turn.end()
      news.close()
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const pool = await this.#pool
    await pool.destroy()
  }
}

/**
 * The time that a page has in its thread. Not a signal of the pool's: a thread is given nothing else then. Nor
 * AbortSignal.timeout: a timer left behind would hold on to the page's bytes.
 */
class Turn {
  readonly #pool: Pool
  readonly #seconds: number
  #timer: NodeJS.Timeout | undefined
  #hasEnded = false
  isOver = false

  constructor(pool: Pool, seconds: number) {
    this.#pool = pool
    this.#seconds = seconds
  }

  get hasBegun(): boolean {
    return this.#timer !== undefined
  }

  /** A page is not to blame for how long a thread takes to start, or for the pages before it. */
  begin(thread: number): void {
    this.#timer = setTimeout(() => {
      // What the thread has said by now is heard first: it may be at the next page already.
      setImmediate(() => this.#stop(thread))
    }, this.#seconds * 1000)
  }

  #stop(thread: number): void {
    if (this.#hasEnded) return
    this.isOver = true
    void this.#pool.threads.find(({ threadId }) => threadId === thread)?.terminate()
  }

  end(): void {
    this.#hasEnded = true
    clearTimeout(this.#timer)
  }
}

async function startPool(threads: number, megabytes: number): Promise<Pool> {
  const program = await threadProgram()
  for (const flag of COLLECTOR_FLAGS) setFlagsFromString(flag)
  collectOnce()
  const pool: Pool = new Piscina({
    filename: fileURLToPath(new URL('./extraction-thread.cjs', import.meta.url)),
    minThreads: 1,
    maxThreads: threads,
    concurrentTasksPerWorker: PAGES_AT_HAND,
    idleTimeout: 30_000,
    // What a page might make a reader do, the keys and passwords of the process are not at hand.
    env: {},
    workerData: program,
    resourceLimits: {
      maxOldGenerationSizeMb: megabytes,
      maxYoungGenerationSizeMb: threads === 1 ? YOUNG_MEGABYTES.alone : YOUNG_MEGABYTES.among,
    },
  })
  // A thread that dies takes its page along, which is told there; the pool starts another.
  pool.on('error', () => undefined)
  return pool
}
