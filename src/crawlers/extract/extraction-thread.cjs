const Module = require('node:module')
const { join } = require('node:path')
const { buildSync } = require('esbuild')

/*
 * Threads start without the loader that their parent runs under. Loading some two hundred files of TypeScript one by one
 * would take each thread a second, and make every call from one to another slower for good. So the program of a thread
 * is made into one piece of JavaScript first, its packages in it, and in memory: it is never older than its source.
 */
const program = join(__dirname, 'extraction-thread.js')
const { outputFiles } = buildSync({
  entryPoints: [join(__dirname, 'extraction-thread.ts')],
  outfile: program,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Large, and loaded only where a page does not name its language.
  external: ['eld/extrasmall'],
  // A fault is reported with its place in the source.
  sourcemap: 'inline',
  sourcesContent: false,
  write: false,
})
process.setSourceMapsEnabled(true)
const thread = new Module(program, module)
thread.filename = program
thread.paths = module.paths
// The one way to run a text as a module of a file, with its places in the source.
// oxlint-disable-next-line no-underscore-dangle
thread._compile(outputFiles[0].text, program)
module.exports = thread.exports.runTask
