import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { fuzzCase } from './fuzz-case.ts'
import { faultOf, fuzzTargets } from './targets.ts'

/** What the thread is started with. */
const startShape = z.object({
  seed: z.number(),
  from: z.number(),
  /** Number of the case in hand, for the one who watches. */
  progress: z.instanceof(SharedArrayBuffer),
})

const { seed, from, progress } = startShape.parse(workerData)
const current = new Int32Array(progress)
const targets = await fuzzTargets()
parentPort?.postMessage({ kind: 'ready' })
for (let number = from; ; number += 1) {
  Atomics.store(current, 0, number)
  const { target, input } = fuzzCase(targets, seed, number)
  const fault = await faultOf(target, input)
  if (fault !== null) parentPort?.postMessage({ kind: 'fault', number, fault })
}
