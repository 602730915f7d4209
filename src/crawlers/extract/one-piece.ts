import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type OutputFile, type Plugin, stop } from 'esbuild'
import { packNgrams } from '../../normalise/packed-ngrams.ts'

const folder = dirname(fileURLToPath(import.meta.url))

export interface Program {
  /** File that it begins with. */
  readonly entryPoint: string
  /** Where it would lie: by this its places are told. */
  readonly outfile: string
  readonly sourcemap: 'external' | false
}

export interface OnePiece {
  readonly outputFiles: readonly OutputFile[]
  /** Whole paths of the files that are in it. */
  readonly inputs: readonly string[]
}

/** Makes a program of ours one piece of JavaScript, its packages in it, with the map of its places where one is wished. */
export async function inOnePiece(program: Program): Promise<OnePiece> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: folder,
    entryPoints: [program.entryPoint],
    outfile: program.outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // Or a pattern with such an escape would be made of its text each time that it is come to.
    supported: { 'regexp-unicode-property-escapes': true },
    // Each thread holds the source, two bytes a character.
    charset: 'utf8',
    minifyWhitespace: true,
    plugins: [withPackedNgrams],
    sourcemap: program.sourcemap,
    sourcesContent: false,
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  await stop()
  return { outputFiles, inputs: Object.keys(metafile.inputs).map((path) => join(folder, path)) }
}

const reader = fileURLToPath(new URL('../../normalise/packed-ngrams.ts', import.meta.url))

/** Each thread has tables of the language detector of its own. */
const withPackedNgrams: Plugin = {
  name: 'packed-ngrams',
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]eld[\\/]src[\\/]ngrams[\\/]\w+\.js$/ }, async ({ path }) => {
      const found = packNgrams(await readFile(path, 'utf8'))
      if (found === null) return null
      const { before, packed } = found
      return {
        contents: `import { ngramsIn } from ${JSON.stringify(reader)}\n${before}ngramsIn(${JSON.stringify(packed)})}`,
      }
    })
  },
}
