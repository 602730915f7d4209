// Threads start without the loader that their parent runs under, so TypeScript is switched on first.
import { register } from 'tsx/esm/api'

register()
await import('./pglite-thread.ts')
