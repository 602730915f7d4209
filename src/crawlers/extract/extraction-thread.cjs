const Module = require('node:module')
const { join } = require('node:path')
const { workerData } = require('node:worker_threads')

// Runs the program that `thread-program.ts` made, as if it lay here: what it loads later is found from here.
const program = join(__dirname, 'extraction-thread.js')
const thread = new Module(program, module)
thread.filename = program
thread.paths = module.paths
// oxlint-disable-next-line no-underscore-dangle -- the one way to run a text as a module of a file
thread._compile(workerData, program)
module.exports = thread.exports.runTask
