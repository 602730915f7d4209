// Threads start without the loader that their parent runs under, so TypeScript is switched on first: for `require`,
// which needs no further thread of the loader's own, as `import` does (30 MB for each). And Node 20 ends the whole
// process when a thread is told to end while a module of the other kind is being loaded by `require`.
require('tsx/cjs/api').register()
module.exports = require('./extraction-thread.ts').runTask
