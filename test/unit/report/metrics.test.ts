import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { newTally } from '../../../src/crawlers/tally.ts'
import { siteReport } from '../../../jobs/wiring/report.ts'
import { CrawlMetrics, siteMetrics } from '../../../src/report/metrics.ts'

const now = new Date('2026-03-02T10:00:00Z')
const alarm = { kind: 'refused', message: 'the host refuses', urls: [] } as const
const passOf = (alarms: readonly (typeof alarm)[]) =>
  siteReport({
    site: 'gazette',
    outcome: 'partial',
    error: null,
    alarms,
    tally: { ...newTally(), requests: 7, failures: { blocked: 2 } },
    seconds: 3,
  })
const site = {
  id: 'gazette',
  state: { name: 'blocked', reason: 'it refuses', since: null, isLonger: false },
  nextRunAt: now,
  passes: [{ finishedAt: now, alarms: ['one', 'two'] }],
} as const

it('counts passes, and forgets an alarm that is over', async () => {
  const metrics = new CrawlMetrics()
  metrics.count(passOf([alarm]), now)
  expect(await metrics.registry.metrics()).toContain('commentariat_alarm{site="gazette",kind="refused"} 1')
  metrics.count(passOf([]), now)
  const text = await metrics.registry.metrics()
  expect(text).not.toContain('commentariat_alarm{')
  expect(text).toContain('commentariat_requests_total{site="gazette"} 14')
  expect(text).toContain('commentariat_failures_total{site="gazette",class="blocked"} 4')
})

it('tells the state of each site', async () => {
  const text = await siteMetrics([site])
  expect(text).toContain('commentariat_site_state{site="gazette",state="blocked"} 1')
  expect(text).toContain('commentariat_site_state{site="gazette",state="healthy"} 0')
  expect(text).toContain('commentariat_site_alarms{site="gazette"} 2')
})

it.each(['deploy/prometheus/alerts.yaml', 'deploy/grafana/dashboard.json'])(
  'every figure that %s asks for is served',
  async (file) => {
    const metrics = new CrawlMetrics()
    metrics.count(passOf([alarm]), now)
    const served = (await metrics.registry.metrics()) + (await siteMetrics([site]))
    const asked = readFileSync(file, 'utf8').match(/commentariat_\w+/g) ?? []
    expect(asked.length).toBeGreaterThan(3)
    expect(asked.filter((name) => !served.includes(`${name} `) && !served.includes(`${name}{`))).toEqual([])
  },
)
