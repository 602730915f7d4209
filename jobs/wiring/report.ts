import { isatty } from 'node:tty'
import { createLogUpdate } from 'log-update'
import { destination, pino } from 'pino'
import type { PassEvent } from '../../src/crawlers/pass.ts'
import type { Tally } from '../../src/crawlers/tally.ts'
import type { Alarm } from '../../src/db/alarms.ts'
import type { SiteReport } from '../../src/report/site-report.ts'
import type { ReportedFailure } from '../../src/report/summary.ts'
import type { Settings } from '../../src/settings.ts'
import type { Site } from '../../src/sites/site.ts'
import { noticeIn } from './notice.ts'
import type { SiteResult } from './run-sites.ts'

/** A pass over a site, as those who follow it know it. */
export interface FollowedPass {
  readonly site: Site
  /** Id of its row in `runs`; null before it has one, and in a dry run. */
  readonly runId: number | null
  /** What it has counted so far. */
  readonly tally: Tally
}

/** What is told of a pass while it runs. */
export type SiteEvent =
  | PassEvent
  | { readonly kind: 'start' }
  | {
      readonly kind: 'end'
      readonly outcome: SiteResult['outcome']
      readonly error: string | null
      /** All that stand. */
      readonly alarms: readonly Alarm[]
    }
  /** An alarm that the pass before had not. */
  | { readonly kind: 'alarm'; readonly alarm: Alarm }
  /** Trouble beside the site, such as a database that is waited for. */
  | { readonly kind: 'trouble'; readonly message: string }

export type FollowPass = (pass: FollowedPass, event: SiteEvent) => void

/** Follows a run: live lines on a terminal, JSON log lines elsewhere; both on standard error. */
export interface RunWatcher {
  readonly onEvent: FollowPass
  readonly failures: readonly ReportedFailure[]
  readonly end: () => void
}

export function watchRun(settings: Settings): RunWatcher {
  const failures: ReportedFailure[] = []
  const show = isatty(2) ? liveLines() : logLines(settings)
  return {
    failures,
    onEvent: (pass, event) => {
      if (event.kind === 'failure') {
        failures.push({ site: pass.site.id, class: event.failure.class, message: event.failure.message })
      }
      show.onEvent(pass, event)
    },
    end: show.end,
  }
}

type Display = Pick<RunWatcher, 'onEvent' | 'end'>

function liveLines(): Display {
  const lines = new Map<string, string>()
  const render = createLogUpdate(process.stderr, { showCursor: true })
  return {
    onEvent: ({ site, tally }, event) => {
      const { articles, comments } = tally
      const pages = articles.new + articles.changed + articles.unchanged
      const what = event.kind === 'page' ? event.url : ''
      if (event.kind === 'trouble') {
        render.clear()
        process.stderr.write(`commentariat: ${event.message}\n`)
      }
      if (event.kind === 'end') lines.delete(site.id)
      else
        lines.set(
          site.id,
          `${site.id}  ${pages} articles  ${comments.new} new comments  ${tally.requests} requests  ${what}`,
        )
      const width = process.stderr.columns ?? 100
      render([...lines.values()].map((line) => line.slice(0, width - 1)).join('\n'))
    },
    end: () => render.clear(),
  }
}

function logLines(settings: Settings): Display {
  const logger = pino({ level: settings.logLevel }, destination({ dest: 2, sync: true }))
  noticeIn(logger)
  return {
    onEvent: ({ site, runId, tally }, event) => {
      const log = logger.child({ site: site.id, run: runId })
      switch (event.kind) {
        case 'start':
          return log.info('pass begins')
        case 'end': {
          const alarms = event.alarms.map(({ kind }) => kind)
          return log.info({ outcome: event.outcome, error: event.error, alarms, ...tally }, 'pass ends')
        }
        case 'page':
          return log.info({ url: event.url, change: event.change, comments: event.comments }, 'article')
        case 'failure':
          return log.warn(
            { url: event.failure.url, stage: event.stage, class: event.failure.class },
            event.failure.message,
          )
        case 'alarm':
          return log.warn({ alarm: event.alarm.kind, urls: event.alarm.urls }, event.alarm.message)
        case 'trouble':
          return log.warn(event.message)
      }
    },
    end: () => undefined,
  }
}

/** The figures of a pass, as they are shown and printed. */
export function siteReport({ site, outcome, error, alarms, tally, seconds }: SiteResult): SiteReport {
  const { pages: _pages, filled: _filled, sources: _sources, feeds: _feeds, ...figures } = tally
  const { articles, comments } = tally
  const news =
    articles.new + articles.changed + articles.gone + comments.new + comments.edited + comments.removed
  return {
    site,
    outcome,
    error,
    ...figures,
    alarms,
    changed: news > 0,
    seconds: Math.round(seconds * 10) / 10,
  }
}
