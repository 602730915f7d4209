// Threads start without the loader that their parent runs under, so TypeScript is switched on first: for `require`,
// which needs no further thread of the loader's own, as `import` does (30 MB for each).
import { createRequire } from 'node:module'
import { register } from 'tsx/cjs/api'

register()
const { runTask } = createRequire(import.meta.url)('./extraction-thread.ts')
export default runTask
