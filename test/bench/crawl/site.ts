import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileBeside } from './contender.ts'
import type { ServerCounts, ServerMessage } from './site-server.ts'

/** The made-up site, served by a process of its own. */
export interface RunningSite {
  readonly origin: string
  readonly averagePage: number
  readonly averageGzip: number
  /** What was answered since the last call. */
  takeCounts(): Promise<ServerCounts>
  stop(): Promise<void>
}

export async function startSite(pages: number, note: (line: string) => void): Promise<RunningSite> {
  const server = fork(fileBeside('site-server.ts'), [String(pages)], { execArgv: ['--import', 'tsx'] })
  const ready = await nextMessage(server, 'ready')
  const { origin, averagePage, averageGzip } = ready
  note(
    `site of ${pages} pages at ${origin}, process ${server.pid}: ${kilobytes(averagePage)} KB a page, ${kilobytes(averageGzip)} KB as gzip`,
  )
  return {
    origin,
    averagePage,
    averageGzip,
    takeCounts: async () => {
      const counts = nextMessage(server, 'counts')
      server.send('counts')
      return counts
    },
    stop: async () => {
      const ended = once(server, 'exit')
      server.disconnect()
      await ended
    },
  }
}

async function nextMessage<Kind extends ServerMessage['kind']>(
  server: ChildProcess,
  kind: Kind,
): Promise<Extract<ServerMessage, { kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`the site's process ended with ${code}`))
    server.once('exit', onExit)
    server.once('message', (message: ServerMessage) => {
      server.off('exit', onExit)
      if (isOf(message, kind)) resolve(message)
      else reject(new Error(`the site's process sent ${message.kind} instead of ${kind}`))
    })
  })
}

function isOf<Kind extends ServerMessage['kind']>(
  message: ServerMessage,
  kind: Kind,
): message is Extract<ServerMessage, { kind: Kind }> {
  return message.kind === kind
}

const kilobytes = (characters: number): number => Math.round(characters / 1000)
