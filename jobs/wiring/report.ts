import { isatty } from 'node:tty'
import { createLogUpdate } from 'log-update'
import { destination, pino } from 'pino'
import type { PassEvent } from '../../src/crawlers/pass.ts'
import type { Tally } from '../../src/crawlers/tally.ts'
import type { SiteReport } from '../../src/report/site-report.ts'
import type { ReportedFailure } from '../../src/report/summary.ts'
import type { Settings } from '../../src/settings.ts'
import type { Site } from '../../src/sites/site.ts'
import type { SiteResult } from './run-sites.ts'

export type SiteEvent = PassEvent | { readonly kind: 'start' } | { readonly kind: 'end' }

/** Follows a run: live lines on a terminal, JSON log lines elsewhere; both on standard error. */
export interface RunWatcher {
  readonly onEvent: (site: Site, tally: Tally, event: SiteEvent) => void
  readonly failures: readonly ReportedFailure[]
  readonly end: () => void
}

export function watchRun(settings: Settings): RunWatcher {
  const failures: ReportedFailure[] = []
  const show = isatty(2) ? liveLines() : logLines(settings)
  return {
    failures,
    onEvent: (site, tally, event) => {
      if (event.kind === 'failure') {
        failures.push({ site: site.id, class: event.failure.class, message: event.failure.message })
      }
      show.onEvent(site, tally, event)
    },
    end: show.end,
  }
}

type Display = Pick<RunWatcher, 'onEvent' | 'end'>

function liveLines(): Display {
  const lines = new Map<string, string>()
  const render = createLogUpdate(process.stderr, { showCursor: true })
  return {
    onEvent: (site, tally, event) => {
      const { articles, comments } = tally
      const pages = articles.new + articles.changed + articles.unchanged
      const what = event.kind === 'page' ? event.url : ''
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
  return {
    onEvent: (site, tally, event) => {
      const log = logger.child({ site: site.id })
      switch (event.kind) {
        case 'start':
          return log.info('pass begins')
        case 'end':
          return log.info({ ...tally }, 'pass ends')
        case 'page':
          return log.info({ url: event.url, change: event.change, comments: event.comments }, 'article')
        case 'failure':
          return log.warn(
            { url: event.failure.url, stage: event.stage, class: event.failure.class },
            event.failure.message,
          )
      }
    },
    end: () => undefined,
  }
}

/** The figures of a pass, as they are shown and printed. */
export function siteReport({ site, outcome, error, alarms, tally, seconds }: SiteResult): SiteReport {
  const { pages: _pages, filled: _filled, ...figures } = tally
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
