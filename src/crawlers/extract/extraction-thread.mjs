// Threads start without the loader that their parent runs under, so TypeScript is switched on first.
import { register } from 'tsx/esm/api'

register()
const { runTask } = await import('./extraction-thread.ts')
export default runTask
