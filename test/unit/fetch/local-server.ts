import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createSocketServer, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { Door, type DoorOptions } from '../../../src/crawlers/fetch/door.ts'

export interface LocalServer {
  readonly origin: string
  readonly port: number
  /** Paths asked for, in order, robots.txt included. */
  readonly paths: string[]
  /** Requests as they came, robots.txt excluded. */
  readonly pages: IncomingMessage[]
  connections: number
}

/** Answers robots.txt with 404 unless the listener is given it too. */
export async function serve(
  listener: (request: IncomingMessage, response: ServerResponse) => void,
  { ownRobots = false }: { ownRobots?: boolean } = {},
): Promise<LocalServer> {
  const paths: string[] = []
  const pages: IncomingMessage[] = []
  const answer: RequestListener = (request, response) => {
    paths.push(request.url ?? '')
    if (request.url === '/robots.txt' && !ownRobots) {
      response.writeHead(404).end()
      return
    }
    if (request.url !== '/robots.txt') pages.push(request)
    listener(request, response)
  }
  return await started(createServer(answer), { paths, pages })
}

/** A bare TCP server, for answers that no HTTP library would give. */
export async function serveRaw(listener: (socket: Socket, head: string) => void): Promise<LocalServer> {
  const paths: string[] = []
  const server = createSocketServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.on('data', (octets) => {
      const head = octets.toString('latin1')
      const path = /^[A-Z]+ (\S+)/.exec(head)?.[1]
      if (path !== undefined) paths.push(path)
      if (path === '/robots.txt') socket.write('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')
      else listener(socket, head)
    })
  })
  return await started(server, { paths, pages: [] })
}

export function openDoor(options: Partial<DoorOptions> = {}): Door {
  const door = new Door({
    userAgent: 'Commentariat/0.1.0',
    contact: 'https://news.example/bot',
    allowPrivateNetwork: true,
    ...options,
  })
  onTestFinished(() => door.close())
  return door
}

async function started(server: Server, ledger: Pick<LocalServer, 'paths' | 'pages'>): Promise<LocalServer> {
  const sockets = new Set<Socket>()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const { port } = address
  const local: LocalServer = { origin: `http://127.0.0.1:${port}`, port, ...ledger, connections: 0 }
  server.on('connection', (socket) => {
    local.connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => {
      server.close(resolve)
    })
  })
  return local
}

/** Settles a fetch that must fail, and gives its error. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  )
}
