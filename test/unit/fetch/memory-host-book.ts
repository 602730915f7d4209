import type { HostBook } from '../../../src/host-book.ts'

interface Held {
  nextAllowedAt: number
  retryAfterUntil: number
  /** When each turn is over, by ticket. */
  readonly inFlight: Map<string, number>
}

/**
 * Turns as the database gives them, for as many paces as share it.
 * @param told takes a line for each turn that was given and ended.
 */
export function memoryHostBook({ clock, told = [] }: { clock: () => number; told?: string[] }): HostBook {
  const hosts = new Map<string, Held>()
  const turnSeconds = 30
  let tickets = 0
  const holdOf = (host: string): Held => {
    const held = hosts.get(host) ?? { nextAllowedAt: 0, retryAfterUntil: 0, inFlight: new Map() }
    hosts.set(host, held)
    for (const [ticket, over] of held.inFlight) if (over <= clock()) held.inFlight.delete(ticket)
    return held
  }
  const over = () => clock() + turnSeconds * 1000
  return {
    turnSeconds,
    holdBackMs: async (host) => Math.max(holdOf(host).retryAfterUntil - clock(), 0),
    take: async ({ host, gapMs, atOnce }) => {
      const held = holdOf(host)
      const holdBackMs = Math.max(held.retryAfterUntil - clock(), 0)
      const waitMs = Math.max(held.nextAllowedAt - clock(), 0)
      const isFull = held.inFlight.size >= atOnce
      if (isFull || waitMs > 0 || holdBackMs > 0)
        return { isGiven: false, waitMs: Math.max(waitMs, isFull ? gapMs : 1), holdBackMs }
      const ticket = String((tickets += 1))
      held.inFlight.set(ticket, over())
      held.nextAllowedAt = clock() + gapMs
      told.push(`take ${host} ${gapMs}`)
      return { isGiven: true, ticket }
    },
    keep: async (host, ticket) => {
      const { inFlight } = holdOf(host)
      if (inFlight.has(ticket)) inFlight.set(ticket, over())
    },
    end: async (host, ticket, gapMs) => {
      const held = holdOf(host)
      held.inFlight.delete(ticket)
      held.nextAllowedAt = Math.max(held.nextAllowedAt, clock() + gapMs)
      told.push(`end ${host} ${gapMs}`)
    },
    holdBack: async (host, waitMs) => {
      const held = holdOf(host)
      held.retryAfterUntil = Math.max(held.retryAfterUntil, clock() + waitMs)
    },
  }
}
