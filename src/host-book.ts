/*
 * What the crawlers and the store tell each other of how often hosts may be asked. A part of the contract of `store.ts`:
 * `db/hosts.ts` fills it in.
 */

/** One request that wants to leave. */
export interface WantedTurn {
  /** Host name, with the port unless it is the usual one: `URL.host`. */
  readonly host: string
  /** Milliseconds to the request before it. */
  readonly gapMs: number
  /** Requests that may be in flight to the host, this one among them. */
  readonly atOnce: number
}

/** A turn that was given, and by what it is named; or how long it is not worth asking again. */
export type Turn =
  | { readonly isGiven: true; readonly ticket: string }
  | {
      readonly isGiven: false
      readonly waitMs: number
      /** Milliseconds that the host asked to be left alone for, as far as they are not over. */
      readonly holdBackMs: number
    }

/**
 * Gives out the turns of all hosts to all processes that crawl, so that a host sees one polite client however many
 * there are. It tells durations only, by a clock of its own: those of the processes may differ. What it says is stored
 * before it is said, so that it holds even if a process dies within a request.
 */
export interface HostBook {
  /** Milliseconds that the host asked to be left alone for, as far as they are not over. */
  readonly holdBackMs: (host: string) => Promise<number>
  readonly take: (wanted: WantedTurn) => Promise<Turn>
  /** Keeps a turn that lasts: without it a turn is over after `turnSeconds`, as that of a process that stands still must be. */
  readonly keep: (host: string, ticket: string) => Promise<void>
  /** @param gapMs milliseconds to the next request. */
  readonly end: (host: string, ticket: string, gapMs: number) => Promise<void>
  readonly holdBack: (host: string, waitMs: number) => Promise<void>
  readonly turnSeconds: number
}
