import { expect, it } from 'vitest'
import { failureOfStatus } from '../../../src/crawlers/fetch/failure-of-status.ts'

it.each<[number, string | undefined, string | null]>([
  [200, undefined, null],
  [204, undefined, null],
  [300, undefined, 'http_error'],
  [400, undefined, 'http_error'],
  [401, undefined, 'blocked'],
  [403, undefined, 'blocked'],
  [404, undefined, 'gone'],
  [410, undefined, 'gone'],
  [429, undefined, 'throttled'],
  [451, undefined, 'blocked'],
  [500, '9', 'http_error'],
  [503, undefined, 'http_error'],
  [503, '9', 'throttled'],
  [503, 'soon', 'http_error'],
])('%i with Retry-After %s: %s', (status, wait, expected) => {
  const answer = {
    url: 'https://news.example/a',
    requestedUrl: 'https://news.example/a',
    status,
    headers: wait === undefined ? {} : { 'retry-after': wait },
    body: new Uint8Array(0),
    gzip: null,
    notModified: false,
    wireBytes: 0,
    fetchedAt: new Date('2026-03-01T00:00:00Z'),
    redirects: [],
  }
  const failure = failureOfStatus(answer)
  expect(failure?.class ?? null).toBe(expected)
  const retryAt = { undefined: '2026-03-01T00:00:30Z', 9: '2026-03-01T00:00:09Z' }[wait ?? 'undefined'] ?? ''
  expect(failure?.retryAt ?? null).toEqual(expected === 'throttled' ? new Date(retryAt) : null)
})
