import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failureClasses } from '../../../src/failure.ts'
import { type PassRecord, type SiteRecord, siteState, siteStates } from '../../../src/report/site-state.ts'

const now = new Date('2026-03-02T12:00:00Z')
const hoursAgo = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000)

/** A pass that began so many hours ago and read twenty pages. */
function pass(hours: number, fields: Partial<PassRecord> = {}): PassRecord {
  return {
    startedAt: hoursAgo(hours),
    finishedAt: hoursAgo(hours - 0.1),
    outcome: 'done',
    error: null,
    pages: 20,
    failures: {},
    alarms: [],
    ...fields,
  }
}

const site = (passes: readonly PassRecord[], fields: Partial<SiteRecord> = {}): SiteRecord => ({
  enabled: true,
  nextRunAt: null,
  passes,
  ...fields,
})

const stateOf = (record: SiteRecord) => siteState(record, now)

describe("a site's state", () => {
  it('is healthy while its passes read what they want, since the first of them in a row', () => {
    const passes = [pass(1), pass(2), pass(3, { outcome: 'failed', error: 'no answer' }), pass(4)]
    expect(stateOf(site(passes))).toEqual({
      name: 'healthy',
      reason: 'the last pass read all it wanted',
      since: hoursAgo(2),
      isLonger: false,
    })
  })

  it.each([
    [
      'a page in twenty fails',
      { outcome: 'partial', failures: { timeout: 1 } },
      'healthy',
      /1 of 21 pages failed/,
    ],
    ['pages are gone', { outcome: 'partial', pages: 2, failures: { gone: 30 } }, 'healthy', /read all/],
    [
      'every fourth page fails',
      { outcome: 'partial', failures: { timeout: 5, decode_error: 1 } },
      'degraded',
      /6 of 26 pages failed \(timeout\): the host was too slow/,
    ],
    [
      'an alarm was raised',
      { alarms: ['one thread stands under 9 articles'] },
      'degraded',
      /^one thread stands under/,
    ],
    [
      'nearly no page can be read',
      { outcome: 'partial', pages: 1, failures: { http_error: 19 } },
      'failing',
      /19 of 20 pages failed \(http_error\)/,
    ],
    [
      'the pass ends with an error',
      { outcome: 'failed', pages: 0, error: 'TypeError: x is no y\n    at somewhere' },
      'failing',
      /^TypeError: x is no y$/,
    ],
    [
      'the host refuses',
      { outcome: 'failed', pages: 0, error: 'HTTP 403', failures: { blocked: 1 } },
      'blocked',
      /1 of 1 requests were refused \(blocked\): the host refuses us; write to it/,
    ],
    ['most pages are behind a wall', { pages: 4, failures: { wall: 16 } }, 'blocked', /16 of 20 .* \(wall\)/],
    ['a few pages are behind a wall', { pages: 18, failures: { wall: 2 } }, 'healthy', /read all/],
    [
      'robots.txt can not be read',
      { outcome: 'failed', pages: 0, error: 'x', failures: { robots_unreachable: 1 } },
      'blocked',
      /robots_unreachable/,
    ],
  ] satisfies [string, Partial<PassRecord>, string, RegExp][])(
    'where %s, says so',
    (_what, fields, name, reason) => {
      const state = stateOf(site([pass(1, fields), pass(2)]))
      expect(state).toMatchObject({ name, reason: expect.stringMatching(reason) })
      expect(state.since).toEqual(name === 'healthy' ? hoursAgo(2) : hoursAgo(1))
    },
  )

  it('is paused by its declaration, whatever its passes say', () => {
    expect(stateOf(site([pass(1, { outcome: 'failed' })], { enabled: false }))).toMatchObject({
      name: 'paused',
    })
  })

  it('is new until a pass has ended, and one that was cut short says nothing', () => {
    expect(stateOf(site([]))).toMatchObject({ name: 'new' })
    const cut = [pass(1, { finishedAt: null, outcome: null }), pass(2, { outcome: 'interrupted' })]
    expect(stateOf(site(cut))).toMatchObject({ name: 'new' })
    expect(stateOf(site([...cut, pass(3, { outcome: 'failed', error: 'x' })]))).toEqual({
      name: 'failing',
      reason: 'x',
      since: hoursAgo(3),
      isLonger: true,
    })
  })

  it('is degraded where nobody runs it any more', () => {
    const overdue = site([pass(30)], { nextRunAt: hoursAgo(3) })
    expect(stateOf(overdue)).toMatchObject({ name: 'degraded', since: hoursAgo(3) })
    expect(stateOf(overdue).reason).toMatch(/overdue: .*npm run schedule/)
    expect(stateOf(site([], { nextRunAt: hoursAgo(3) }))).toMatchObject({ name: 'degraded' })
    expect(stateOf(site([pass(1)], { nextRunAt: hoursAgo(1.5) }))).toMatchObject({ name: 'healthy' })
    // While a long pass runs, its slot lies in the past.
    const running = pass(1.9, { finishedAt: null, outcome: null })
    expect(stateOf(site([running, pass(30)], { nextRunAt: hoursAgo(3) }))).toMatchObject({ name: 'healthy' })
    const blocked = pass(30, { outcome: 'failed', pages: 0, failures: { blocked: 3 } })
    expect(stateOf(site([blocked], { nextRunAt: hoursAgo(3) }))).toMatchObject({ name: 'blocked' })
  })

  it('is one of the known, with one line of reason, whatever was recorded', () => {
    const failures = fc.dictionary(
      fc.constantFrom(...Object.keys(failureClasses), 'of another version'),
      fc.nat(100),
    )
    const passes = fc.record({
      startedAt: fc.nat(1000).map(hoursAgo),
      finishedAt: fc.option(fc.nat(1000).map(hoursAgo)),
      outcome: fc.option(fc.constantFrom('done', 'partial', 'failed', 'interrupted', 'of another version')),
      error: fc.option(fc.string()),
      pages: fc.nat(100),
      failures,
      alarms: fc.array(
        fc.string({ minLength: 1 }).filter((text) => !text.includes('\n')),
        { maxLength: 2 },
      ),
    })
    const records = fc.record({
      enabled: fc.boolean(),
      nextRunAt: fc.option(fc.nat(10).map(hoursAgo)),
      passes: fc.array(passes, { maxLength: 5 }),
    })
    fc.assert(
      fc.property(records, (record) => {
        const { name, reason } = stateOf(record)
        expect(siteStates).toContain(name)
        expect(reason).toMatch(/^.+$/u)
      }),
    )
  })
})
