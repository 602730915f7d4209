import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSourceMap, placeInSource } from '../../stack-in-source.ts'
import { keptProgram, type MadeProgram } from './kept-program.ts'
import { inOnePiece } from './one-piece.ts'

let found: Promise<string> | null = null

/**
 * The program of the extraction threads in one piece of JavaScript, its packages in it. Threads start without the loader
 * that their parent runs under: to load some two hundred files of TypeScript one by one takes each of them a second, and
 * makes every call from one file to another slower for good.
 */
export async function threadProgram(): Promise<string> {
  found ??= keptProgram('extraction-thread', makeProgram)
  try {
    return await found
  } catch (error) {
    found = null
    throw error
  }
}

const name = 'extraction-thread.js'
const folder = dirname(fileURLToPath(import.meta.url))
/** What says how the program is made, and is not in it. */
const makers = [
  join(folder, 'one-piece.ts'),
  join(folder, 'thread-program.ts'),
  createRequire(import.meta.url).resolve('esbuild/package.json'),
]

async function makeProgram(): Promise<MadeProgram> {
  const { text, inputs } = await make(false)
  return { text, files: [...inputs, ...makers] }
}

/** Makes the program, or the map of its places. */
async function make(isMap: boolean) {
  const { outputFiles, inputs } = await inOnePiece({
    entryPoint: join(folder, 'extraction-thread.ts'),
    outfile: join(folder, name),
    sourcemap: isMap ? 'external' : false,
  })
  const file = outputFiles.find(({ path }) => path.endsWith(isMap ? '.map' : '.js'))
  return { text: file?.text ?? '', inputs }
}

/** By the whole path, which no page's words that an error repeats hold by chance. */
const path = join(folder, name).replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
const place = new RegExp(`${path}:(\\d{1,9}):(\\d{1,9})`, 'g')

/** Says of places in the program where in the source they are. The map, as large as the program, is made only then. */
export async function placesInSource(message: string): Promise<string> {
  if (message.search(place) < 0) return message
  const map = parseSourceMap((await make(true)).text)
  return message.replaceAll(
    place,
    (found: string, line: string, column: string) =>
      placeInSource(map, import.meta.url, { line: Number(line), column: Number(column) }) ?? found,
  )
}
