import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSourceMap, placeInSource } from '../../stack-in-source.ts'
import { inOnePiece } from './one-piece.ts'

let made: Promise<string> | null = null

/**
 * The program of the extraction threads in one piece of JavaScript, its packages in it. Threads start without the loader
 * that their parent runs under: to load some two hundred files of TypeScript one by one takes each of them a second, and
 * makes every call from one file to another slower for good. Made in memory, so that it is never older than its source.
 */
export async function threadProgram(): Promise<string> {
  made ??= make(false)
  try {
    return await made
  } catch (error) {
    made = null
    throw error
  }
}

const name = 'extraction-thread.js'
const folder = dirname(fileURLToPath(import.meta.url))

/** @returns the program, or the map of its places. */
async function make(isMap: boolean): Promise<string> {
  const files = await inOnePiece({
    entryPoint: join(folder, 'extraction-thread.ts'),
    outfile: join(folder, name),
    sourcemap: isMap ? 'external' : false,
  })
  return files.find(({ path }) => path.endsWith(isMap ? '.map' : '.js'))?.text ?? ''
}

/** By the whole path, which no page's words that an error repeats hold by chance. */
const path = join(folder, name).replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
const place = new RegExp(`${path}:(\\d{1,9}):(\\d{1,9})`, 'g')

/** Says of places in the program where in the source they are. The map, as large as the program, is made only then. */
export async function placesInSource(message: string): Promise<string> {
  if (message.search(place) < 0) return message
  const map = parseSourceMap(await make(true))
  return message.replaceAll(
    place,
    (found: string, line: string, column: string) =>
      placeInSource(map, import.meta.url, { line: Number(line), column: Number(column) }) ?? found,
  )
}
