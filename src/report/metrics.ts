import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { SiteReport } from './site-report.ts'
import { type SiteState, siteStates } from './site-state.ts'

/** Seconds that passes take: from a quiet one to hours. */
const PASS_BUCKETS = [1, 5, 15, 60, 300, 900, 3600, 14_400]

/** What a process that crawls counts, for Prometheus. */
export class CrawlMetrics {
  readonly registry = new Registry()
  readonly #passes = this.#counter('passes', 'Passes over sites that ended', ['site', 'outcome'])
  readonly #requests = this.#counter('requests', 'Requests made', ['site'])
  readonly #bytes = this.#counter('received_bytes', 'Octets that came over the network', ['site'])
  readonly #articles = this.#counter('articles', 'Articles looked at', ['site', 'change'])
  readonly #comments = this.#counter('comments', 'Comments read', ['site', 'change'])
  readonly #failures = this.#counter('failures', 'Failures', ['site', 'class'])
  readonly #alarms = new Gauge({
    name: 'commentariat_alarm',
    help: 'Alarms that stand after the last pass, by kind',
    labelNames: ['site', 'kind'],
    registers: [this.registry],
  })
  readonly #lastPass = new Gauge({
    name: 'commentariat_last_pass_timestamp_seconds',
    help: 'When the last pass ended (Unix time)',
    labelNames: ['site'],
    registers: [this.registry],
  })
  readonly #seconds = new Histogram({
    name: 'commentariat_pass_duration_seconds',
    help: 'How long passes took',
    labelNames: ['site'],
    buckets: PASS_BUCKETS,
    registers: [this.registry],
  })

  /** Counts a pass that ended. */
  count(report: SiteReport, now: Date): void {
    const { site, outcome, articles, comments, failures, alarms } = report
    this.#passes.inc({ site, outcome })
    this.#requests.inc({ site }, report.requests)
    this.#bytes.inc({ site }, report.bytes)
    for (const [change, count] of Object.entries(articles)) this.#articles.inc({ site, change }, count)
    for (const [change, count] of Object.entries(comments)) this.#comments.inc({ site, change }, count)
    for (const [name, count] of Object.entries(failures)) this.#failures.inc({ site, class: name }, count)
    for (const { labels } of this.#standing.get(site) ?? []) this.#alarms.remove(labels)
    const kinds = [...new Set(alarms.map(({ kind }) => kind))]
    this.#standing.set(
      site,
      kinds.map((kind) => ({ labels: { site, kind } })),
    )
    for (const kind of kinds)
      this.#alarms.set({ site, kind }, alarms.filter((alarm) => alarm.kind === kind).length)
    this.#lastPass.set({ site }, now.getTime() / 1000)
    this.#seconds.observe({ site }, report.seconds)
  }

  readonly #standing = new Map<string, readonly { readonly labels: { site: string; kind: string } }[]>()

  #counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name: `commentariat_${name}_total`, help, labelNames, registers: [this.registry] })
  }
}

/** A site as the database tells of it. */
export interface MeasuredSite {
  readonly id: string
  readonly state: SiteState
  readonly nextRunAt: Date | null
  /** Newest first. */
  readonly passes: readonly { readonly finishedAt: Date | null; readonly alarms: readonly string[] }[]
}

/** The states of all sites in the text format of Prometheus. */
export async function siteMetrics(sites: readonly MeasuredSite[]): Promise<string> {
  const registers = [new Registry()]
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name: `commentariat_${name}`, help, labelNames, registers })
  const state = gauge('site_state', 'One for the state that a site is in', ['site', 'state'])
  const alarms = gauge('site_alarms', 'Alarms that the last pass left', ['site'])
  const lastPass = gauge('site_last_pass_timestamp_seconds', 'When the last pass ended (Unix time)', ['site'])
  const next = gauge('site_next_pass_timestamp_seconds', 'When the next pass is due (Unix time)', ['site'])
  for (const { id: site, state: judged, nextRunAt, passes } of sites) {
    for (const name of siteStates) state.set({ site, state: name }, judged.name === name ? 1 : 0)
    const last = passes.find(({ finishedAt }) => finishedAt !== null)
    alarms.set({ site }, last?.alarms.length ?? 0)
    if (last?.finishedAt) lastPass.set({ site }, last.finishedAt.getTime() / 1000)
    if (nextRunAt !== null) next.set({ site }, nextRunAt.getTime() / 1000)
  }
  return registers[0]?.metrics() ?? ''
}

export const metricsType = Registry.PROMETHEUS_CONTENT_TYPE
