import { createHash } from 'node:crypto'
import type { Alarm, RaisedAlarm } from '../db/alarms.ts'
import type { AlarmChanges } from './pass-alarms.ts'

/** What changed among a site's alarms since somebody was told last. */
export interface ToldChanges extends AlarmChanges<RaisedAlarm> {
  readonly siteId: string
  readonly runId: number
  readonly at: Date
}

/** Tells of changes. @returns whether they arrived; it never throws. */
export type TellChanges = (changes: ToldChanges) => Promise<boolean>

const TIMEOUT_MS = 10_000

/**
 * Sends the changes as JSON to an address of the operator's own, who may choose a private one. The address may hold a
 * secret: of it only the host is ever told. What may have arrived though the answer was lost is sent again under the
 * same ids, as Standard Webhooks has it (header `webhook-id`), so that the receiver can drop it.
 * @param onFailure takes one line.
 */
export function webhook(address: string, onFailure: (line: string) => void): TellChanges {
  const { host } = new URL(address)
  return async (changes) => {
    const message = messageOf(changes)
    try {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'webhook-id': message.id },
        body: JSON.stringify(message),
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      await answer.body?.cancel()
      if (answer.ok) return true
      onFailure(failureLine(changes, host, `it answered ${answer.status}`))
    } catch (error) {
      onFailure(failureLine(changes, host, reasonOf(error)))
    }
    return false
  }
}

function failureLine({ siteId }: ToldChanges, host: string, reason: string): string {
  return `the alarms of ${siteId} could not be told to the webhook at ${host} (${reason}); tried again at its next pass`
}

/** The code of a network error: its message may hold the address. */
function reasonOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'no answer within 10 seconds'
  const cause = error instanceof Error ? error.cause : null
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'the connection failed'
}

/** `text` is what chat services show. */
function messageOf({ siteId, runId, at, raised, cleared }: ToldChanges) {
  const lines = [
    ...raised.map(({ kind, message }) => `${siteId}: ${message} [${kind}]`),
    ...cleared.map(
      ({ kind, subject }) => `${siteId}: over: ${kind}${subject === undefined ? '' : ` (${subject})`}`,
    ),
  ]
  const told = (change: Change, alarms: readonly (Alarm | RaisedAlarm)[]) =>
    alarms.map((alarm) => ({
      id: eventId(siteId, change, alarm),
      subject: null,
      since: null,
      ...alarm,
    }))
  const events = { raised: told('raised', raised), cleared: told('cleared', cleared) }
  const ids = [...events.raised, ...events.cleared].map(({ id }) => id)
  return {
    id: idOf('message', ids.toSorted()),
    site: siteId,
    run: runId,
    at: at.toISOString(),
    ...events,
    text: lines.join('\n'),
  }
}

type Change = 'raised' | 'cleared'

/** Of an event it is the same in every message that tells of it: an alarm is known by the moment since when it stands. */
function eventId(siteId: string, change: Change, alarm: Alarm | RaisedAlarm): string {
  const since = 'since' in alarm ? alarm.since : null
  return idOf('event', [siteId, change, alarm.kind, alarm.subject ?? null, since])
}

/** Without a full stop, which ids of Standard Webhooks must not have. */
function idOf(prefix: string, parts: readonly (string | null)[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  return `${prefix}_${hash.slice(0, 32)}`
}
