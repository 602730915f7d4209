/*
 * A process that takes the lock of a folder when it is told to on standard input, says what came of it,
 * and holds on until its input ends.
 *   node --import tsx open-lock.ts <folder>
 */
import { once } from 'node:events'
import { lockFolder } from '../../../src/db/embedded/lock.ts'

const folder = process.argv[2]
if (folder === undefined) throw new Error('name a folder')
process.stdout.write('ready\n')
await once(process.stdin, 'data')
try {
  const unlock = await lockFolder(folder)
  process.stdout.write('held\n')
  await once(process.stdin, 'end')
  await unlock()
} catch (error) {
  process.stdout.write(`${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\n`)
}
