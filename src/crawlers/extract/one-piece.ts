import { build, type OutputFile, stop } from 'esbuild'

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
    // Large, and loaded only where a page does not name its language.
    external: ['eld/extrasmall'],
    sourcemap: program.sourcemap,
    sourcesContent: false,
    write: false,
    logLevel: 'silent',
  })
  await stop()
  return outputFiles
}
