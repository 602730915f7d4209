import { Socket } from 'node:net'

/** What postgres.js knows of a server's addresses when it wants a connection. */
interface ServerAddresses {
  readonly host: readonly string[]
  readonly port: readonly number[]
  /** Of a Unix socket. */
  readonly path?: string | false
}

/**
 * Makes connections for postgres.js. One that the other side ends counts as failed: left to itself the driver takes
 * whatever ends before a session has begun for something to be tried again, at once and for ever, as it would be before
 * a forwarder that has no server behind it. Of several addresses each connection takes the next.
 */
export function serverSockets(): (addresses: ServerAddresses) => Socket {
  let made = 0
  return ({ host: hosts, port: ports, path }) => {
    const socket = new Socket()
    const fail = (): void => {
      const ended = new Error('the server closed the connection')
      socket.destroy(Object.assign(ended, { code: 'CONNECTION_CLOSED' }))
    }
    socket.once('end', fail)
    if (typeof path === 'string') return socket.connect(path)
    const index = made++ % hosts.length
    const [host, port] = [hosts[index] ?? 'localhost', ports[index] ?? 5432]
    // The driver checks the certificate of an encrypted connection against the name that it finds here.
    return Object.assign(socket.connect(port, host), { host, port })
  }
}
