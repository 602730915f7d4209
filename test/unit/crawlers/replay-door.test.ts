import { expect, it } from 'vitest'
import { requestOf } from '../../../src/crawlers/ask-request.ts'
import { requestHash } from '../../../src/crawlers/kept-answer.ts'
import { hashOfRequest, ReplayDoor } from '../../../src/crawlers/replay/replay-door.ts'
import type { Ask } from '../../../src/extractors/comments/platform.ts'
import type { StoredAnswers } from '../../../src/stored-answers.ts'

const url = 'https://gazette.example/comments?page=2'

it.each<[string, Ask]>([
  ['an address', { url }],
  ['headers', { url, headers: { 'x-site': '7' } }],
  ['JSON', { url, method: 'POST', json: { thread: 'a', after: [1, 2], deep: { yes: true } } }],
  ['JSON and headers', { url, method: 'POST', json: { thread: 'a' }, headers: { 'x-site': '7' } }],
  ['a form', { url, method: 'POST', form: { news_id: '17', text: 'a b&c=d é' } }],
])('finds what was stored of an ask with %s', (_, ask) => {
  expect(hashOfRequest(requestOf(ask))).toBe(requestHash(ask))
})

it('answers with what was stored, when it was stored, and with 404 where nothing was', async () => {
  const fetchedAt = new Date('2026-03-02T10:00:00Z')
  const body = new TextEncoder().encode('{}')
  const answer = {
    url,
    requestHash: requestHash({ url }),
    kind: 'comments',
    status: 200,
    headers: {},
  } as const
  const stored: StoredAnswers = {
    pages: async () => [],
    byId: async () => null,
    newest: async (hash) =>
      hash === requestHash({ url }) ? { ...answer, body, bodyHash: '', fetchedAt } : null,
  }
  const door = new ReplayDoor(stored)
  expect(await door.fetch({ url, purpose: 'comments' })).toMatchObject({ status: 200, body, fetchedAt })
  expect(await door.fetch({ url: `${url}0`, purpose: 'comments' })).toMatchObject({ status: 404 })
})
