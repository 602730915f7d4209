import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type BuildOptions, type Plugin } from 'esbuild'

const project = fileURLToPath(new URL('../..', import.meta.url))

export interface BuiltJobs {
  readonly folder: string
  /** The script of a job, as JavaScript. */
  readonly scriptOf: (job: string) => string
  readonly remove: () => void
}

/** Threads are programs of their own, which are found by where they lie. */
const threads = [
  { name: 'src/db/embedded/pglite-thread.mjs', contents: "import './pglite-thread.ts'" },
  {
    name: 'src/crawlers/extract/extraction-thread.cjs',
    contents: "export { runTask as default } from './extraction-thread.ts'",
  },
]

/** What is read at run time, from beside the program. */
const readFolders = ['src/db/migrations', 'src/dashboard/assets']

/** Packages that find files of their own, or load others, by where they lie. */
const external = [
  '@electric-sql/pglite',
  '@duckdb/node-api',
  'header-generator',
  'pino',
  'piscina',
  'playwright',
  'tsx',
]

/** Jobs for whoever works on the project, which take in its tests. */
const ownJobs: ReadonlySet<string> = new Set(['bench', 'chaos', 'corpora', 'fuzz'])

/**
 * The jobs as JavaScript, each with its packages in a few files, so that the hundreds of processes that tests start do
 * so in a third of the time. Lies within `node_modules`, where the other packages are found.
 */
export async function buildJobs(): Promise<BuiltJobs> {
  const cache = join(project, 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'jobs-'))
  const jobs = readdirSync(join(project, 'jobs'))
    .filter((file) => file.endsWith('.ts') && !ownJobs.has(file.slice(0, -'.ts'.length)))
    .map((file) => [`jobs/${file.slice(0, -'.ts'.length)}`, `jobs/${file}`] as const)
  const options: BuildOptions = {
    absWorkingDir: project,
    bundle: true,
    platform: 'node',
    target: 'node20',
    external,
    plugins: [places(folder)],
    // Crawlee looks its parts up by the names of their classes.
    keepNames: true,
  }
  const modules: BuildOptions = { ...options, format: 'esm', banner: { js: commonJs } }
  await build({ ...modules, entryPoints: Object.fromEntries(jobs), outdir: folder, splitting: true })
  for (const { name, contents } of threads) {
    const form: BuildOptions = name.endsWith('.cjs') ? { ...options, format: 'cjs' } : modules
    const stdin = { contents, resolveDir: join(project, dirname(name)) }
    await build({ ...form, stdin, outfile: join(folder, name) })
  }
  for (const path of readFolders) cpSync(join(project, path), join(folder, path), { recursive: true })
  return {
    folder,
    scriptOf: (job) => join(folder, 'jobs', `${job}.js`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const madeBefore = `
export const threadProgram = async () => ''
export const placesInSource = async (message: string) => message`

/** What packages in CommonJS take for given. */
const commonJs = `import * as $module from 'node:module'
import * as $path from 'node:path'
import * as $url from 'node:url'
const require = $module.createRequire(import.meta.url)
const __filename = $url.fileURLToPath(import.meta.url), __dirname = $path.dirname(__filename)`

/** Lets each of our files find what lies beside it as if it lay in the folder under its own name. */
function places(folder: string): Plugin {
  return {
    name: 'places',
    setup: (bundle) => {
      // The program of the extraction threads is made here, once for all jobs.
      bundle.onLoad({ filter: /\/thread-program\.ts$/ }, () => ({ loader: 'ts', contents: madeBefore }))
      bundle.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8')
        const place = pathToFileURL(join(folder, relative(project, path))).href
        return { loader: 'ts', contents: text.replaceAll('import.meta.url', JSON.stringify(place)) }
      })
    },
  }
}
