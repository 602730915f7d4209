import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const project = fileURLToPath(new URL('../..', import.meta.url))

export interface BuiltJobs {
  readonly folder: string
  /** The script of a job, as JavaScript. */
  readonly scriptOf: (job: string) => string
  readonly remove: () => void
}

/** Threads start with a loader for TypeScript, which takes longer than all that they load. */
const threads: Readonly<Record<string, string>> = {
  'src/db/embedded/pglite-thread.mjs': "await import('./pglite-thread.js')\n",
  'src/crawlers/extract/extraction-thread.mjs':
    "import { runTask } from './extraction-thread.js'\nexport default runTask\n",
}

/**
 * The jobs with all that they use as JavaScript, so that the hundreds of processes that tests start do so in half the
 * time. Lies within `node_modules`, where the packages are found.
 */
export async function buildJobs(): Promise<BuiltJobs> {
  const cache = join(project, 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'jobs-'))
  const flags = ['--noEmit', 'false', '--allowImportingTsExtensions', 'false', '--outDir', folder]
  const compiler = join(project, 'node_modules', 'typescript', 'bin', 'tsc')
  await run(process.execPath, [compiler, '-p', project, '--rewriteRelativeImportExtensions', ...flags])
  for (const path of ['src/db/migrations', 'src/dashboard/assets'])
    cpSync(join(project, path), join(folder, path), { recursive: true })
  for (const [path, text] of Object.entries(threads)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return {
    folder,
    scriptOf: (job) => join(folder, 'jobs', `${job}.js`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
