/**
 * Starts a job as its npm script does: `node jobs/start.mjs crawl …`; or another program, by its path from here. Our two
 * hundred files of TypeScript are made a few of JavaScript first, by esbuild, and packages are taken as they are: loaded
 * one by one they take longer, and every call from one file to another would be slower for as long as the job runs.
 */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import * as nodeModule from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, stop } from 'esbuild'

const project = fileURLToPath(new URL('..', import.meta.url))
/** Within `node_modules`, where packages are found from. */
const cache = join(project, 'node_modules', '.cache', 'commentariat')

/** Lets each file find what lies beside it, as it would by itself. */
const ownPlaces = {
  name: 'own places',
  setup: (bundle) => {
    bundle.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const place = JSON.stringify(pathToFileURL(path).href)
      return { loader: 'ts', contents: text.replaceAll('import.meta.url', place) }
    })
  },
}

const [, , name = '', ...flags] = process.argv
const job = join(project, 'jobs', `${name}.ts`)
if (!existsSync(job)) {
  process.stderr.write(`commentariat: there is no job "${name}"; npm run lists them\n`)
  process.exit(2)
}
process.argv = [process.argv[0], job, ...flags]
// From Node 22.1 on, what was compiled once is not compiled again.
nodeModule.enableCompileCache?.(join(cache, 'compiled'))
await import(await program())

/** @returns the address of the job's program. */
async function program() {
  const { entry, files } = await compose()
  try {
    await mkdir(cache, { recursive: true })
    for (const file of files) await keep(file)
    return pathToFileURL(entry).href
  } catch {
    // Where nothing can be written, our files are loaded one by one.
    await import('tsx')
    return pathToFileURL(job).href
  }
}

/**
 * The files of the job's program: where it begins, and the parts that it loads late. Their names tell what is in them, so
 * that none is ever out of date.
 */
async function compose() {
  const { outputFiles, metafile } = await build({
    absWorkingDir: project,
    entryPoints: [job],
    outdir: cache,
    entryNames: '[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Or a pattern with such an escape would be made of its text each time that it is come to.
    supported: { 'regexp-unicode-property-escapes': true },
    packages: 'external',
    sourcemap: 'linked',
    sourcesContent: false,
    plugins: [ownPlaces],
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  await stop()
  const [entry] = Object.entries(metafile.outputs).find(
    ([, { entryPoint }]) => entryPoint !== undefined && join(project, entryPoint) === job,
  )
  return { entry: join(project, entry), files: outputFiles }
}

/** In one step, for others may be starting. */
async function keep({ path, contents }) {
  if (existsSync(path)) return
  const passing = `${path}.${randomUUID()}`
  await writeFile(passing, contents)
  await rename(passing, path)
}
