import net from 'node:net'
import { onTestFinished, vi } from 'vitest'

/** An address of the public internet, behind which the local server is put. */
export const publicAddress = '93.184.215.14'

export interface SmallInternet {
  /** Addresses that sockets were opened to, in order: what was dialled, whatever was asked for. */
  readonly dialled: string[]
}

/**
 * Stands in for the network below the door: sockets to `publicAddress` reach the server at this port of loopback, all
 * others are written down and refused.
 * @param seenAs the other end's address, as an open socket tells it.
 */
export function smallInternet(port: number, seenAs: string = publicAddress): SmallInternet {
  const dialled: string[] = []
  const open = (first: net.NetConnectOpts | number | string): net.Socket => {
    const socket = new net.Socket()
    const dial = (address: string): void => {
      dialled.push(address)
      if (address !== publicAddress) {
        socket.destroy(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
        return
      }
      Object.defineProperty(socket, 'remoteAddress', { get: () => seenAs })
      socket.connect({ port, host: '127.0.0.1' })
    }
    if (typeof first !== 'object' || !('host' in first)) throw new TypeError('a host is what the door opens')
    const { host = '', lookup } = first
    if (net.isIP(host) !== 0 || lookup === undefined) setImmediate(dial, host)
    else {
      lookup(host, { all: false }, (error, address) => {
        if (error === null && typeof address === 'string') dial(address)
        else socket.destroy(error ?? new Error('several addresses'))
      })
    }
    return socket
  }
  const spy = vi.spyOn(net, 'connect').mockImplementation(open)
  onTestFinished(() => spy.mockRestore())
  return { dialled }
}

/** A clock that waiting moves, so that politeness costs no time. */
export function virtualTime(): {
  clock: () => number
  sleep: (milliseconds: number) => Promise<void>
} {
  let now = Date.UTC(2026, 2, 1)
  return {
    clock: () => now,
    sleep: async (milliseconds) => void (now += milliseconds),
  }
}
