import { once } from 'node:events'
import { Duplex } from 'node:stream'
import { Worker } from 'node:worker_threads'

/**
 * The embedded PostgreSQL as a socket that postgres.js can speak through, so that both databases are
 * reached by one driver. One client only: PGlite has one session.
 */
export interface EmbeddedServer {
  readonly socket: () => Duplex
  close(): Promise<void>
}

/** @param folder the data folder; made and filled by initdb when it is empty (about 3 s). */
export async function startEmbeddedServer(folder: string): Promise<EmbeddedServer> {
  const worker = new Worker(new URL('./pglite-thread.mjs', import.meta.url), { workerData: { folder } })
  // Rejects when the thread dies before it is ready, with the reason that it died of.
  await once(worker, 'message')
  // A thread that dies later fails its sockets; without this listener it would take the process along.
  worker.on('error', () => undefined)
  return {
    socket: () => openSocket(worker),
    close: async () => {
      if (hasStopped(worker)) return
      // Where it can't write its last page, what was committed is in its log, and the next start recovers it.
      const stopped = new Promise((resolve) => worker.once('exit', resolve))
      worker.postMessage('close')
      await stopped
    },
  }
}

/** Node gives a thread that has ended this number. */
const hasStopped = (worker: Worker): boolean => worker.threadId === -1

/** A frontend message that ends the session (PostgreSQL protocol, Terminate); PGlite must outlive it. */
const TERMINATE = 'X'.charCodeAt(0)

function openSocket(worker: Worker): Duplex {
  const receive = (message: Uint8Array): void => {
    socket.push(Buffer.from(message.buffer, message.byteOffset, message.length))
  }
  const socket = new Duplex({
    read: () => undefined,
    // postgres.js writes whole frontend messages only, so a chunk can be handed over as it is.
    write: (chunk: Buffer, _encoding, done) => {
      if (chunk[0] !== TERMINATE) worker.postMessage(new Uint8Array(chunk))
      done()
    },
    final: (done) => {
      socket.push(null)
      done()
    },
    destroy: (error, done) => {
      worker.off('message', receive).off('error', fail).off('exit', fail)
      done(error)
    },
  })
  worker.on('message', receive)
  const fail = (error?: unknown): void => {
    const reason = error instanceof Error ? ` (${error.message})` : ''
    const stopped = new Error(`the embedded database has stopped${reason}; see that its disk has room`)
    socket.destroy(Object.assign(stopped, { code: 'CONNECTION_DESTROYED' }))
  }
  worker.once('error', fail)
  worker.once('exit', fail)
  if (hasStopped(worker)) setImmediate(fail)
  // postgres.js says goodbye only to a socket that calls itself open, as those of node:net do.
  return Object.assign(socket, { readyState: 'open' })
}
