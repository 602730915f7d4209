import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { platformNamed, platforms } from '../../../src/extractors/comments/detect.ts'
import { detectedOnly } from '../../../src/extractors/comments/platforms/detected-only.ts'
import type { RecordedAnswer, Recording } from './recording.ts'
import { asExpected } from './read-thread.ts'
import { replay, type ReplayOptions } from './replay.ts'

const folder = new URL('recordings/', import.meta.url)
const recordings = await Promise.all(
  readdirSync(folder).map(async (file): Promise<Recording> => {
    const { recording }: { recording: Recording } = await import(new URL(file, folder).href)
    return recording
  }),
)

const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`

interface Trouble {
  readonly name: string
  readonly answer: RecordedAnswer
  readonly incomplete: string
  readonly failure: string | null
}

/** What may come instead of the first answer of JSON, and what must become of the thread then. */
const troubles: readonly Trouble[] = [
  {
    name: 'asks to wait',
    answer: { status: 429, headers: { 'retry-after': '60' }, body: 'slow down' },
    incomplete: 'blocked',
    failure: 'throttled',
  },
  { name: 'refuses', answer: { status: 403, body: {} }, incomplete: 'blocked', failure: 'blocked' },
  { name: 'fails', answer: { status: 500, body: 'oops' }, incomplete: 'page_failed', failure: 'http_error' },
  {
    name: 'answers a page of HTML',
    answer: { body: '<html><body>Welcome</body></html>' },
    incomplete: 'page_failed',
    failure: 'unreadable_answer',
  },
  {
    name: 'answers JSON of another shape',
    answer: { body: { hello: ['world'] } },
    incomplete: 'page_failed',
    failure: 'unreadable_answer',
  },
  {
    name: 'answers JSON of 100,000 levels',
    answer: { headers: { 'content-type': 'application/json' }, body: deep },
    incomplete: 'page_failed',
    failure: 'unreadable_answer',
  },
]

/** As `troubles`, for pages. A page that shows no comments is no sign that there are none. */
const troublesOfPages: readonly Trouble[] = [
  ...troubles.slice(0, 3),
  {
    name: 'answers another page',
    answer: { body: '<html><body>Welcome</body></html>' },
    incomplete: 'not_found',
    failure: null,
  },
]

describe.each(recordings)('recorded answers of $platform', (recording) => {
  const { platform, standsFor, site, secrets, threads, isPrinted = false, refusal } = recording
  const permitted = platformNamed(platform).restriction === undefined ? [] : [platform]
  const options = (more: Partial<ReplayOptions> = {}): ReplayOptions => ({
    standsFor,
    site,
    permitted,
    ...more,
  })
  const [first] = threads
  const isOnePage = Object.keys(first?.answers ?? {}).length === 0

  it.each(threads)('$title', async (recorded) => {
    const { thread, comments, reading, failures, asked } = await replay(recorded, options())
    expect(thread?.platform).toBe(platform)
    const { expected } = recorded
    expect({
      comments: comments.map(asExpected),
      reportedCount: reading?.reportedCount ?? null,
      closed: reading?.closed ?? false,
      incomplete: reading?.incomplete ?? null,
      failures,
    }).toEqual({ closed: false, incomplete: null, failures: [], ...expected })
    const kept = JSON.stringify(comments)
    for (const secret of secrets) expect(kept).not.toContain(secret)
    expect(new Set(asked).size, 'no request is made twice').toBe(asked.length)
  })

  it.skipIf(isOnePage).each(isPrinted ? troublesOfPages : troubles)(
    'a server that $name',
    async (trouble) => {
      const { answer, incomplete, failure } = trouble
      const { reading, failures, asked } = await replay(first!, options({ trouble: () => answer }))
      expect(reading?.incomplete).toBe(failure === 'blocked' ? (refusal ?? incomplete) : incomplete)
      expect([...new Set(failures)]).toEqual(failure === null ? [] : [failure])
      // Of pages the others are asked for all the same.
      expect(asked.length).toBeLessThanOrEqual(isPrinted ? Number.POSITIVE_INFINITY : 1)
    },
  )

  it.skipIf(isOnePage)('a robots.txt that forbids the interface', async () => {
    const path = first?.path ?? '/2026/03/harbour'
    const robots = `User-agent: *\nDisallow: /\nAllow: ${path}$\n`
    const { reading, asked } = await replay(first!, options({ robots }))
    expect(reading?.incomplete).toBe('robots')
    expect(asked).toEqual([])
  })

  it.skipIf(isOnePage)('a server that asks to wait after its first answer', async () => {
    const whole = await replay(first!, options())
    const wait: RecordedAnswer = { status: 429, headers: { 'retry-after': '60' }, body: '' }
    const cut = await replay(first!, options({ trouble: (number) => (number === 1 ? null : wait) }))
    const known = new Set(whole.comments.map(({ nativeId }) => nativeId))
    expect(cut.comments.every(({ nativeId }) => known.has(nativeId))).toBe(true)
    expect(cut.asked).toEqual(whole.asked.slice(0, 2))
    expect(cut.failures).toEqual(whole.asked.length > 1 ? ['throttled'] : [])
  })
})

it('every platform that is read has recorded answers', () => {
  const vendors = new Set(detectedOnly.map(({ name }) => name))
  const read = platforms.map(({ name }) => name).filter((name) => !vendors.has(name))
  expect(recordings.map(({ platform }) => platform).toSorted()).toEqual(read.toSorted())
})
