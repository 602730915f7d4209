import { expect, it } from 'vitest'
import { openHostAnswers } from '../../src/crawlers/host-answers.ts'
import { fetchAsk } from '../../src/crawlers/fetch-answer.ts'
import type { DoorRequest } from '../../src/crawlers/fetch/request.ts'
import { allowAll } from '../../src/crawlers/fetch/robots.ts'
import type { Pass } from '../../src/crawlers/pass.ts'
import { newTally } from '../../src/crawlers/tally.ts'
import { ExtractionPool } from '../../src/crawlers/extract/extraction-pool.ts'
import { Renderer } from '../../src/crawlers/browser/renderer.ts'
import { dryStore } from '../../jobs/wiring/dry-store.ts'
import { Failure } from '../../src/failure.ts'
import { withoutCredentials, withoutSecrets } from '../../src/secrets.ts'
import { defineSite } from '../../src/sites/site.ts'

const canary = 'kanarie-7f3a'

it.each([
  [`https://h.example/api?limit=5&api_key=${canary}&x=1`, 'https://h.example/api?limit=5&api_key=***&x=1'],
  [`http://me:${canary}@h.example/feed failed`, 'http://h.example/feed failed'],
  [`no answer from postgres://me:${canary}@db:5432/name`, 'no answer from postgres://db:5432/name'],
  [`https://h.example/?access_token=${canary}#a`, 'https://h.example/?access_token=***#a'],
  ['https://h.example/a?tokens=5&monkey=1', 'https://h.example/a?tokens=5&monkey=1'],
  ['write to a@b.example', 'write to a@b.example'],
])('%s is told as %s', (text, told) => {
  expect(withoutSecrets(text)).toBe(told)
  expect(withoutSecrets(told)).toBe(told)
})

it('is told by no failure, whoever makes it', () => {
  const url = `https://me:${canary}@h.example/api?apikey=${canary}`
  const failure = new Failure('timeout', `${url} took too long`, { url })
  expect(`${failure.message} ${failure.url}`).not.toContain(canary)
})

it('is told in one line, whatever a host sends', () => {
  const { message } = new Failure('wrong_type', 'it is text/\u001B[31mhtml\r\n{"level":50}\u2028x\u0000')
  expect(message).toBe('it is text/ [31mhtml {"level":50} x ')
})

it('is in no address of a site', () => {
  const sources = [{ kind: 'feed', url: `https://me:${canary}@h.example/feed/` } as const]
  const site = defineSite({ id: 'h', name: 'H', url: `https://me:${canary}@h.example/`, sources })
  expect(JSON.stringify(site)).not.toContain(canary)
  expect(withoutCredentials('not an address')).toBe('not an address')
})

it('goes to the interface that it is for, and is in nothing that is kept of it', async () => {
  const asked: DoorRequest[] = []
  const site = defineSite({ id: 'h', name: 'H', url: 'https://h.example/', platformKeys: { x: canary } })
  const store = dryStore(() => undefined)
  const { signal } = new AbortController()
  const door: Pass['door'] = {
    fetch: async (request) => {
      asked.push(request)
      const { url } = request
      const answer = { url, requestedUrl: url, status: 200, headers: {}, body: new Uint8Array([123, 125]) }
      const octets = { gzip: null, wireBytes: 2, notModified: false }
      return { ...answer, ...octets, fetchedAt: new Date(0), redirects: [] }
    },
    robots: async () => allowAll,
    leaveAlone: async () => undefined,
  }
  const pool = new ExtractionPool()
  const { capture } = await fetchAsk(
    {
      site,
      zoneHint: null,
      options: { since: null, limit: null, maxRequests: null, comments: true, refresh: false, articles: [] },
      door,
      pool,
      renderer: new Renderer(null),
      store,
      hostAnswers: openHostAnswers({ door, store, site, signal }),
      tally: newTally(),
      signal,
      onChange: () => undefined,
    },
    { url: `https://comments.example/api?api_key=${canary}` },
  )
  await pool.close()
  expect(asked[0]?.url).toContain(canary)
  expect(capture.url).toBe('https://comments.example/api?api_key=***')
  expect(JSON.stringify({ ...capture, body: [...capture.body] })).not.toContain(canary)
})
