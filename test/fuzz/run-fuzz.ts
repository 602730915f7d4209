import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { mostSeconds } from './fuzz-case.ts'

export interface FuzzFault {
  /** Number of the case, which gives its input again together with the seed. */
  readonly number: number
  readonly fault: string
}

export interface FuzzOutcome {
  readonly inputs: number
  /** Seconds in which inputs were tried, without those of the start. */
  readonly seconds: number
  readonly faults: readonly FuzzFault[]
}

const messageShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('fault'), number: z.number(), fault: z.string() }),
])

const thread = new URL('fuzz-thread.mjs', import.meta.url)

/** Tries inputs in a thread of its own, which is ended when an input takes too long, and goes on after it. */
export async function runFuzz(seed: number, seconds: number, mostFaults: number): Promise<FuzzOutcome> {
  const faults: FuzzFault[] = []
  const until = { end: Number.POSITIVE_INFINITY, started: 0 }
  let from = 0
  while (performance.now() < until.end && faults.length < mostFaults) {
    const stuck = await runThread(
      seed,
      from,
      (message) => {
        if (message.kind === 'fault') faults.push(message)
        else if (until.started === 0) {
          until.started = performance.now()
          until.end = until.started + seconds * 1000
        }
        return faults.length < mostFaults
      },
      until,
    )
    from = stuck.number + 1
    if (stuck.isHanging) faults.push({ number: stuck.number, fault: `took over ${mostSeconds} s` })
  }
  return { inputs: from, seconds: (performance.now() - until.started) / 1000, faults }
}

async function runThread(
  seed: number,
  from: number,
  take: (message: z.infer<typeof messageShape>) => boolean,
  until: { readonly end: number },
): Promise<{ number: number; isHanging: boolean }> {
  const progress = new SharedArrayBuffer(4)
  const current = new Int32Array(progress)
  current[0] = from
  const worker = new Worker(thread, {
    workerData: { seed, from, progress },
  })
  const watch = { isGoingOn: true, isReady: false }
  worker.on('message', (raw: unknown) => {
    const message = messageShape.parse(raw)
    watch.isReady ||= message.kind === 'ready'
    watch.isGoingOn = take(message) && watch.isGoingOn
  })
  const failed = once(worker, 'error').then(([error]: unknown[]) => Promise.reject(error))
  const isHanging = await Promise.race([failed, watchThread(current, watch, until)])
  const number = Atomics.load(current, 0)
  await worker.terminate()
  return { number, isHanging }
}

/** @returns true when the case in hand takes too much of the processor's time, false when time is up. */
async function watchThread(
  current: Int32Array,
  watch: { readonly isGoingOn: boolean; readonly isReady: boolean },
  until: { readonly end: number },
): Promise<boolean> {
  let number = -1
  let since = process.cpuUsage()
  while (watch.isGoingOn && performance.now() < until.end) {
    await sleep(20)
    if (!watch.isReady || Atomics.load(current, 0) !== number) {
      number = Atomics.load(current, 0)
      since = process.cpuUsage()
    }
    if (process.cpuUsage(since).user > mostSeconds * 1_000_000) return true
  }
  return false
}
