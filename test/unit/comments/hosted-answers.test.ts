import { array, assert, constantFrom, dictionary, letrec, oneof, option, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ask, CommentPlatform, Thread } from '../../../src/extractors/comments/platform.ts'
import { coral } from '../../../src/extractors/comments/platforms/coral/coral.ts'
import { dailyMail } from '../../../src/extractors/comments/platforms/daily-mail.ts'
import { derStandard } from '../../../src/extractors/comments/platforms/der-standard.ts'
import { disqus } from '../../../src/extractors/comments/platforms/disqus/disqus.ts'
import { guardian } from '../../../src/extractors/comments/platforms/guardian.ts'
import { hyvorTalk } from '../../../src/extractors/comments/platforms/hyvor-talk.ts'
import { newYorkTimes } from '../../../src/extractors/comments/platforms/new-york-times.ts'
import { openweb } from '../../../src/extractors/comments/platforms/openweb/openweb.ts'
import { viafoura } from '../../../src/extractors/comments/platforms/viafoura.ts'
import { Failure } from '../../../src/failure.ts'
import { located } from './located.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const data = {
  server: 'https://talk.example/',
  spot: 'sp_abc123',
  forum: 'harbour',
  container: 'c',
  domain: 'd',
}
const hosted: readonly CommentPlatform[] = [
  coral,
  dailyMail,
  derStandard,
  disqus,
  guardian,
  hyvorTalk,
  newYorkTimes,
  openweb,
  viafoura,
]
const steps = ['story', 'replies', 'count', 'forum', 'postings', 'site', 'container', 'comments', 'name']

/** True when the answer was read or refused as one that can't be read; anything else is a fault of ours. */
function isStated(platform: CommentPlatform, text: string, status: number, of?: string): boolean {
  const thread: Thread = threadOf(platform.name, data)
  const first = platform.open(thread)
  const asked: Ask =
    of === undefined ? first : { ...first, note: { of, parent: '1', root: '1', list: 'l', section: 's' } }
  try {
    const { comments, next } = platform.read(answerOf(text, { status }), asked, thread)
    return comments.every(({ nativeId }) => nativeId !== '') && next.every(({ url }) => URL.canParse(url))
  } catch (error) {
    return error instanceof Failure && error.class === 'unreadable_answer'
  }
}

/** Objects with the names that answers have, and whatever below them. */
const answers = letrec((tie) => ({
  value: oneof(
    { maxDepth: 6 },
    constantFrom(null, true, '', '0', 0, -1, 1e300, 2 ** 60, '<p>x</p>', '\ud800'),
    array(tie('value'), { maxLength: 3 }),
    dictionary(
      constantFrom(
        ...'data story comments edges node pageInfo hasNextPage endCursor id body author errors message results payload page response posts thread cursor conversation users discussion comment contents content_uuid result sectionTree uuid commentID replies parent'.split(
          ' ',
        ),
      ),
      tie('value'),
      { maxKeys: 5 },
    ),
  ),
})).value

describe.each(hosted.map((platform) => [platform.name, platform] as const))(
  'answers to %s',
  (_name, platform) => {
    it('have a stated outcome whatever they hold', () => {
      const status = constantFrom(0, 200, 204, 401, 403, 404, 429, 500)
      assert(
        property(answers, status, option(constantFrom(...steps), { nil: undefined }), (json, code, of) => {
          const text = JSON.stringify(json)
          const embedded = `<script type="text/json" id="disqus-threadData">${text}</script>`
          return isStated(platform, text, code, of) && isStated(platform, embedded, code, of)
        }),
        { numRuns: 150 },
      )
    })

    it('may be nested without end', () => {
      const deep = `${'{"comments":['.repeat(100_000)}${']}'.repeat(100_000)}`
      const replies = `${'{"id":"1","commentID":1,"replies":['.repeat(10_000)}${']}'.repeat(10_000)}`
      for (const text of [
        deep,
        `{"results":{"comments":[${replies}]}}`,
        `{"payload":{"page":[${replies}]}}`,
        `{"conversation":{"comments":[${replies}]}}`,
      ]) {
        expect(isStated(platform, text, 200)).toBe(true)
      }
    })
  },
)

describe('pages', () => {
  it('are looked at without a fault whatever is in their marks', () => {
    const marks = constantFrom(
      'id="disqus_thread"',
      'id="coral_thread"',
      'class="Talk" data-settings',
      'data-spotim-module="conversation"',
      'id="spotim-comments"',
      'id="reader-comments"',
      'vf-container-id',
    )
    const words = oneof(
      string(),
      constantFrom(
        'rootURL:"',
        "talk: 'https://",
        '"spotId":"sp_',
        'disqus_shortname="',
        '{"articleId":',
        'Hyvor websiteId:',
      ),
    )
    assert(
      property(marks, array(words, { maxLength: 6 }), (mark, parts) => {
        const text = parts.join('')
        const html = `<div ${mark}="${text.replaceAll('"', '&quot;')}"></div><script>${text}</script>`
        for (const platform of hosted) located(platform, html)
      }),
      { numRuns: 200 },
    )
  })
})
