import { type Change, type ChangeReport, changeSite, reportChanges } from './change.ts'
import { composeSite } from './compose.ts'
import { openServer, type RequestRecord, type SiteServer } from './http.ts'
import { type Ledger, ledgerOf } from './ledger.ts'
import type { DemoSite } from './model.ts'
import { createRandom } from './random.ts'
import { type Desk, desks } from './sites.ts'

export type { ChangeKind, ChangeReport } from './change.ts'
export type { RequestRecord } from './http.ts'
export type { Ledger, LedgerArticle, LedgerComment, LedgerSite } from './ledger.ts'

export interface NewsroomSite {
  readonly id: string
  /** With a slash at the end. */
  readonly url: string
  readonly name: string
  readonly platform: string
  readonly language: string
  readonly timezone: string
}

export interface NewsroomOptions {
  /** The same seed, amounts and `now` give the same news. */
  readonly seed?: number
  readonly articlesPerSite?: number
  /** The usual number; threads hold from none to three times as many. */
  readonly commentsPerThread?: number
  /** The first site's port, the others follow it. 0, the default, takes free ones. */
  readonly port?: number
  /** Everything that exists at the start is older than this. */
  readonly now?: Date
  /** Ids of the sites to open; all when left out. */
  readonly sites?: readonly string[]
  /** What the servers take for the present when a page says "today"; the real time when left out. */
  readonly clock?: () => Date
  /** Milliseconds that each answer takes; 0 when left out. */
  readonly answerMs?: number
}

/** Small news sites of our own on loopback, and the truth about them. */
export interface Newsroom {
  readonly sites: readonly NewsroomSite[]
  /** The truth at this moment; later changes do not alter what was handed out. */
  ledger(): Ledger
  /** Every request so far, on all sites, oldest first. */
  requests(): readonly RequestRecord[]
  /** Makes every site move on. `at` defaults to a minute after the last change, or after `now`. */
  change(at?: Date): ChangeReport
  close(): Promise<void>
}

interface OpenDesk {
  readonly desk: Desk
  readonly server: SiteServer
  readonly site: DemoSite
}

const usualNow = new Date('2026-03-02T12:00:00Z')

/**
 * Opens the demo newsroom.
 * @throws RangeError for an unknown site id; Error `EADDRINUSE` when a port is taken.
 */
export async function openNewsroom(options: NewsroomOptions = {}): Promise<Newsroom> {
  const { now = usualNow, clock = () => new Date(), answerMs = 0 } = options
  const records: RequestRecord[] = []
  const open: OpenDesk[] = []
  const close = async (): Promise<void> => {
    await Promise.all(open.map(({ server }) => server.close()))
  }
  try {
    for (const [index, desk] of chosenDesks(options.sites).entries()) {
      const { id } = desk.profile
      const port = options.port ? options.port + index : 0
      const log = (record: RequestRecord): void => void records.push(record)
      const server = await openServer({ id, port, gzip: desk.gzip, clock, log, answerMs })
      const site = compose(desk, server.origin, now, options)
      server.serve(desk.open(site))
      open.push({ desk, server, site })
    }
  } catch (cause) {
    await close()
    throw cause
  }
  let latest = now
  return {
    sites: open.map(({ site: { id, origin, name, platform, language, timezone } }) => {
      return { id, url: `${origin}/`, name, platform, language, timezone }
    }),
    ledger: () => ({ sites: open.map(({ site, desk }) => ledgerOf(site, desk.showing)) }),
    requests: () => [...records],
    change: (at) => {
      latest = at ?? new Date(latest.getTime() + 60_000)
      return changeAll(open, latest)
    },
    close,
  }
}

function chosenDesks(ids: readonly string[] | undefined): readonly Desk[] {
  const known = desks.map(({ profile }) => profile.id)
  const unknown = ids?.filter((id) => !known.includes(id)) ?? []
  if (unknown.length > 0) {
    throw new RangeError(`no demo site is called ${unknown.join(', ')}; there are ${known.join(', ')}`)
  }
  return desks.filter(({ profile }) => ids?.includes(profile.id) ?? true)
}

function compose({ profile }: Desk, origin: string, now: Date, options: NewsroomOptions): DemoSite {
  const { seed = 1, articlesPerSite = 12, commentsPerThread = 9 } = options
  const amounts = { articles: articlesPerSite, comments: commentsPerThread, now }
  return composeSite(profile, origin, amounts, createRandom(seed).fork(profile.id))
}

function changeAll(open: readonly OpenDesk[], at: Date): ChangeReport {
  const changes: Change[] = open.flatMap(({ site, desk }) =>
    changeSite(site, at, (article) => desk.showing.url(site, article)),
  )
  return reportChanges(
    at,
    open.map(({ site }) => site.id),
    changes,
  )
}
