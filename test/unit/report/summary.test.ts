import { describe, expect, it } from 'vitest'
import type { SiteReport } from '../../../src/report/site-report.ts'
import { renderSummary } from '../../../src/report/summary.ts'

const quiet: SiteReport = {
  site: 'harbour',
  outcome: 'done',
  error: null,
  requests: 12,
  notModified: 3,
  untrueValidators: 0,
  bytes: 4096,
  notDue: 0,
  sourcesNotDue: 0,
  notArticles: 0,
  articles: { new: 0, changed: 0, unchanged: 1234, gone: 0 },
  comments: { new: 0, edited: 0, removed: 0, unchanged: 5 },
  threads: { complete: 1, incomplete: 0, partial: 0, reasons: {} },
  alarms: [],
  failures: {},
  changed: false,
  seconds: 1.25,
}

describe('summary', () => {
  it('says that nothing changed', () => {
    expect(renderSummary([quiet], []).trimEnd().split('\n').at(-1)).toBe(
      'Nothing changed: 1,234 articles are as they were.',
    )
  })

  it('has a line for each site, and words for how it ended', () => {
    const lines = renderSummary(
      [quiet, { ...quiet, site: 'valley', outcome: 'failed', changed: true }],
      [],
    ).split('\n')
    expect(lines.find((line) => line.startsWith('harbour'))).toMatch(/1,234.*12\s+3\s+1\.3\s+done$/)
    expect(lines.find((line) => line.startsWith('valley'))).toMatch(/FAILED$/)
    expect(lines.join('\n')).not.toContain('Nothing changed')
  })

  it('raises the alarms', () => {
    const message = 'one disqus thread (main) stands under 4 articles'
    const text = renderSummary([{ ...quiet, alarms: [{ kind: 'shared_thread', message, urls: [] }] }], [])
    expect(text).toContain(`Alarms\n  harbour: ${message} [shared_thread]`)
  })

  it('says why threads are incomplete', () => {
    const threads = { complete: 0, incomplete: 2, partial: 0, reasons: { shortfall: 2 } }
    expect(renderSummary([{ ...quiet, threads }], [])).toContain('harbour: 2 threads incomplete (shortfall)')
  })

  it('says in words what was not looked at, and whose validators are not believed', () => {
    const report = { ...quiet, sourcesNotDue: 2, untrueValidators: 1 }
    const text = renderSummary([{ ...report, threads: { ...quiet.threads, partial: 1 } }], [])
    expect(text).toContain(
      [
        'Left out',
        '  harbour: 2 sources, which seldom bring something new; --refresh asks them too',
        '  harbour: 1 long thread, where comments began that are held; --refresh reads it in full',
        '',
        'Not believed',
        '  harbour: 1 address gave other bytes under the same ETag or time of change; it is asked for whole from now on',
      ].join('\n'),
    )
    expect(renderSummary([quiet], [])).not.toMatch(/Left out|Not believed/)
  })

  it('tells a few failures of each kind, how many more there are, and the remedy once', () => {
    const failures = ['1', '2', '3', '4', '5'].map((page) => ({
      site: 'harbour',
      class: 'timeout' as const,
      message: `https://harbour.example/${page} did not answer`,
    }))
    const text = renderSummary([{ ...quiet, outcome: 'partial' }], failures)
    expect(text).toContain('harbour: https://harbour.example/3 did not answer [timeout]')
    expect(text).not.toContain('https://harbour.example/4')
    expect(text).toContain('and 2 more')
    expect(text.split('the host was too slow')).toHaveLength(2)
  })

  it('tells the error of a whole site once, also when it is among the failures', () => {
    const error = 'robots.txt of https://harbour.example answered 503'
    const failures = [{ site: 'harbour', class: 'robots_unreachable' as const, message: error }]
    expect(renderSummary([{ ...quiet, outcome: 'failed', error }], failures).split(error)).toHaveLength(2)
    expect(renderSummary([{ ...quiet, outcome: 'failed', error }], [])).toContain(`harbour: ${error}`)
  })
})
