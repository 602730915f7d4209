/*
 * Runs PGlite in a thread of its own, because it blocks the event loop of its thread while it works.
 * Speaks PostgreSQL's wire protocol over the parent port: whole frontend messages in, backend bytes out.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'
import { z } from 'zod'
import { failpoint } from '../../failpoint.ts'

const { folder } = z.object({ folder: z.string() }).parse(workerData)
const port = parentPort
if (port === null) throw new Error('pglite-thread runs in a worker thread only')

const database = await PGlite.create({ dataDir: folder, extensions: { pg_trgm, unaccent } })

// Messages are answered strictly in order: PGlite has one session.
let turn = Promise.resolve()

port.on('message', (message: Uint8Array | 'close') => {
  turn = turn.then(async () => {
    if (message === 'close') {
      await database.close()
      port.close()
      return
    }
    failpoint('embedded-asked')
    const answer = await database.execProtocolRaw(message)
    failpoint('embedded-answered')
    port.postMessage(answer)
  })
})
port.postMessage('ready')
