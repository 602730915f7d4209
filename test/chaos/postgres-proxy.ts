import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A way to a PostgreSQL server that can be disturbed. */
export interface PostgresProxy {
  /** The server's address by this way. */
  readonly url: string
  /** Ends every connection, and is not there until told otherwise. */
  refuse(isRefusing: boolean): Promise<void>
  /** Ends every connection, and each new one at once, as a forwarder does that has no server behind it for now. */
  hangUp(isHangingUp: boolean): Promise<void>
  /** Milliseconds that each piece of an answer waits. */
  slow(milliseconds: number): void
  /**
   * Ends a connection in place of an answer that says that something was written, as when the network goes away right
   * after the server did it.
   * @param isLost asked for each such answer.
   */
  loseAnswers(isLost: () => boolean): void
  readonly lost: () => number
  close(): Promise<void>
}

/** @param serverUrl address with host and port. */
export async function openPostgresProxy(serverUrl: string): Promise<PostgresProxy> {
  const target = new URL(serverUrl)
  const state = { delay: 0, isHangingUp: false, isLost: () => false, lost: 0 }
  const open = new Set<Socket>()
  const server = createServer((client) => {
    if (state.isHangingUp)
      return void client
        .once('error', () => undefined)
        .resume()
        .end()
    const upstream = connect(Number(target.port), target.hostname)
    const end = (): void => {
      for (const socket of [client, upstream]) {
        open.delete(socket)
        socket.destroy()
      }
    }
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.setNoDelay().once('close', end).once('error', end)
    }
    client.on('data', (chunk) => upstream.write(chunk))
    upstream.on('data', (chunk) => {
      if (tellsOfWriting(chunk) && state.isLost()) {
        state.lost++
        return end()
      }
      if (state.delay === 0) return void client.write(chunk)
      setTimeout(() => client.write(chunk), state.delay)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  const end = (): void => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: Object.assign(new URL(serverUrl), { host: `127.0.0.1:${address.port}` }).href,
    refuse: async (isRefusing) => {
      if (isRefusing) server.close()
      else server.listen(address.port, '127.0.0.1')
      if (isRefusing) end()
      await once(server, isRefusing ? 'close' : 'listening')
    },
    hangUp: async (isHangingUp) => {
      state.isHangingUp = isHangingUp
      if (isHangingUp) end()
    },
    slow: (milliseconds) => {
      state.delay = milliseconds
    },
    loseAnswers: (isLost) => {
      state.isLost = isLost
    },
    lost: () => state.lost,
    close: async () => {
      end()
      server.close()
      await once(server, 'close')
    },
  }
}

/**
 * CommandComplete of what commits, COMMIT or one statement by itself, and that no transaction is open after it
 * (PostgreSQL protocol, message formats). The answers within a transaction tell of nothing that is there yet.
 */
const tellsOfWriting = (chunk: Buffer): boolean =>
  /(?:COMMIT|INSERT 0 [1-9]\d*|UPDATE [1-9]\d*|SELECT 1)\0Z[^]{4}I/.test(chunk.toString('latin1'))
