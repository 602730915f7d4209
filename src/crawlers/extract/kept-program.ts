import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** A program as it was made. */
export interface MadeProgram {
  readonly text: string
  /** Whole paths of the files that it was made of, and of those that say how. */
  readonly files: readonly string[]
}

/** Where a kept program lies, and what all that it was made of was like then; paths from the project's folder. */
const note = z.object({ program: z.string(), files: z.record(z.string(), z.string()) })

const project = fileURLToPath(new URL('../../..', import.meta.url))
const usualFolder = join(project, 'node_modules', '.cache', 'commentariat')

/**
 * A program that is made anew only when something that it is made of has changed, for a crawl waits for it.
 * @param folder where it is kept; where nothing can be written, it is made each time.
 */
export async function keptProgram(
  name: string,
  make: () => Promise<MadeProgram>,
  folder = usualFolder,
): Promise<string> {
  const kept = await findKept(name, folder)
  if (kept !== null) return kept
  const begun = Date.now()
  const made = await make()
  await keep(name, folder, made, begun)
  return made.text
}

const noteOf = async (name: string, folder: string) =>
  note.parse(JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8')))

/** @returns null when there is none, or when it is out of date. */
async function findKept(name: string, folder: string): Promise<string | null> {
  try {
    const { program, files } = await noteOf(name, folder)
    const isAsItWas = Object.entries(files).every(([file, mark]) => markOf(join(project, file)) === mark)
    return isAsItWas ? await readFile(join(folder, program), 'utf8') : null
  } catch {
    // Never made, half deleted, or of a file that is gone: whatever it is, a new one is right.
    return null
  }
}

/** The note is written after the program, and each in one step, for others may be starting. */
async function keep(
  name: string,
  folder: string,
  { text, files }: MadeProgram,
  begun: number,
): Promise<void> {
  try {
    // What was written in the meantime may not be what the program was made of.
    if (files.some((file) => statSync(file).mtimeMs >= begun)) return
    await mkdir(folder, { recursive: true })
    const former = await noteOf(name, folder).catch(() => null)
    const program = `${name}-${digestOf(text)}.js`
    const marks = files.map((file) => [relative(project, file), markOf(file)] as const)
    await writeWhole(join(folder, program), text)
    const written = { program, files: Object.fromEntries(marks) }
    await writeWhole(join(folder, `${name}.json`), JSON.stringify(written))
    if (former !== null && former.program !== program) await rm(join(folder, former.program), { force: true })
  } catch {
    // It is made again at the next start, which is all that is lost.
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const passing = `${path}.${randomUUID()}`
  await writeFile(passing, text)
  await rename(passing, path)
}

/**
 * Our own sources are told by what they say: an archive may give all of them one time. Of packages, which are many and come
 * by installing, size and time are enough. One after the other, which is quicker than to ask for a thousand at once.
 */
const markOf = (file: string): string => {
  if (!file.includes(`${sep}node_modules${sep}`)) return digestOf(readFileSync(file))
  const { size, mtimeMs } = statSync(file)
  return `${size} ${mtimeMs}`
}

const digestOf = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 32)
