import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build, type OutputFile, type Plugin, stop } from 'esbuild'
import { packNgrams } from '../../normalise/packed-ngrams.ts'

export interface Program {
  /** File that it begins with. */
  readonly entryPoint: string
  /** Where it would lie: by this its places are told. */
  readonly outfile: string
  readonly sourcemap: 'external' | false
}

/** Makes a program of ours one piece of JavaScript, its packages in it, with the map of its places where one is wished. */
export async function inOnePiece(program: Program): Promise<readonly OutputFile[]> {
  const { outputFiles } = await build({
    entryPoints: [program.entryPoint],
    outfile: program.outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // Each thread holds the source, two bytes a character.
    charset: 'utf8',
    minifyWhitespace: true,
    plugins: [withPackedNgrams],
    sourcemap: program.sourcemap,
    sourcesContent: false,
    write: false,
    logLevel: 'silent',
  })
  await stop()
  return outputFiles
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
