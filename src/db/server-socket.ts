import { Socket } from 'node:net'

/** Where a server listens, as postgres.js reads it from DATABASE_URL: hosts and ports go in pairs. */
export interface ServerAddresses {
  readonly host: readonly string[]
  readonly port: readonly number[]
  /** Of a Unix socket. */
  readonly path?: string | false | undefined
}

/** A connection that ends sooner than this was refused, to a server of the wrong role, or for one errand. */
const SETTLED_MS = 60_000

/**
 * Makes connections for postgres.js, all to one of the addresses, until one to it has ended early and none stands: then
 * the next has its turn. Which is decided here, since the driver, once it knows of several, tries them for ever
 * (https://github.com/porsager/postgres/issues/1174).
 */
export function serverSockets({ host: hosts, port: ports, path }: ServerAddresses): () => Socket {
  let current = 0
  const standing = hosts.map(() => 0)
  return () => {
    const index = current
    const socket = new ServerSocket((lastedMs) => {
      if (lastedMs !== null) standing[index] = (standing[index] ?? 0) - 1
      const isEarly = lastedMs === null || lastedMs < SETTLED_MS
      if (isEarly && standing[index] === 0 && current === index) current = (index + 1) % hosts.length
    })
    socket.once('connect', () => void (standing[index] = (standing[index] ?? 0) + 1))
    if (typeof path === 'string') return socket.connect(path)
    const [host, port] = [hosts[index] ?? 'localhost', ports[index] ?? 5432]
    // The driver checks the certificate of an encrypted connection against the name that it finds here.
    return Object.assign(socket.connect(port, host), { host, port })
  }
}

/**
 * A connection whose end is seen also where the driver has taken all listeners away, as it does for TLS. One that the
 * other side ends counts as failed: left to itself the driver takes whatever ends before a session has begun for
 * something to be tried again, at once and for ever, as it would be before a forwarder without a server behind it.
 */
class ServerSocket extends Socket {
  readonly #onEnd: (lastedMs: number | null) => void
  #connectedAt: number | null = null

  /** @param onEnd is told how long the connection stood; null when it never did. */
  constructor(onEnd: (lastedMs: number | null) => void) {
    super()
    this.#onEnd = onEnd
    this.once('connect', () => void (this.#connectedAt = performance.now()))
    this.once('end', () => {
      const ended = new Error('the server closed the connection')
      this.destroy(Object.assign(ended, { code: 'CONNECTION_CLOSED' }))
    })
  }

  override destroy(error?: Error): this {
    if (!this.destroyed)
      this.#onEnd(this.#connectedAt === null ? null : performance.now() - this.#connectedAt)
    return super.destroy(error)
  }
}
