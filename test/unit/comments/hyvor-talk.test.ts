import { describe, expect, it } from 'vitest'
import { hyvorTalk } from '../../../src/extractors/comments/platforms/hyvor-talk.ts'
import { articleUrl, located } from './located.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const thread = { ...threadOf('hyvor-talk', { website: '77', apiKey: 'k1' }), nativeId: 'harbour' }
const first = hyvorTalk.open(thread)

const comment = (id: number, parent: number | null, given: object = {}): object => ({
  id,
  parent_id: parent,
  created_at: 1715250005,
  body_html: `<p>Words of ${id}</p>`,
  upvotes: 5,
  downvotes: 2,
  status: 'published',
  is_featured: false,
  user: {
    id: 9,
    name: 'Ida',
    username: 'ida',
    picture_url: 'https://a.example/ida.png',
    email: 'ida@mail.example',
  },
  ...given,
})

describe('Hyvor Talk', () => {
  it.each([
    [
      'its element',
      '<hyvor-talk-comments website-id="77" page-id="harbour"></hyvor-talk-comments>',
      'harbour',
    ],
    [
      'its first script',
      '<div id="hyvor-talk-view"></div><script>var HYVOR_TALK_WEBSITE = 77; var HYVOR_TALK_CONFIG = { url: false, id: "harbour" }</script>',
      'harbour',
    ],
    [
      'settings beside the box of another vendor',
      '<div id="spotim-comments"></div><script>x = { provider: "Hyvor", providerOptions: { "websiteId": "77" } }</script>',
      articleUrl,
    ],
  ])('is known by %s', (_what, html, nativeId) => {
    expect(located(hyvorTalk, html)).toMatchObject({ nativeId, data: { website: '77' } })
  })

  it.each([
    ['a count', '<hyvor-talk-comment-count instance="https://talk.hyvor.com"></hyvor-talk-comment-count>'],
    ['a box without the website', '<hyvor-talk-comments page-id="harbour"></hyvor-talk-comments>'],
  ])('is not seen in %s', (_what, html) => {
    expect(located(hyvorTalk, html)).toBeNull()
  })

  it('is read by permission only, with the key of the publisher if there is one', () => {
    expect(hyvorTalk.restriction).toBe('needs_consent')
    expect(Object.fromEntries(new URL(first.url).searchParams)).toMatchObject({
      website_id: '77',
      page_identifier: 'harbour',
      api_key: 'k1',
    })
    const html = '<hyvor-talk-comments website-id="77"></hyvor-talk-comments>'
    const keyed = located(hyvorTalk, html, articleUrl, { platformKeys: { 'hyvor-talk': 'k2' } })
    expect(keyed?.data['apiKey']).toBe('k2')
    expect(located(hyvorTalk, html)?.data['apiKey']).toBeUndefined()
  })

  it('reads comments and goes on while pages are full', () => {
    const items = [
      comment(1, null, { is_featured: true }),
      comment(2, 1),
      comment(3, 2, { status: 'deleted' }),
      comment(4, null, { status: 'pending' }),
    ]
    const { comments, next } = hyvorTalk.read(answerOf(JSON.stringify(items)), first, thread)
    expect(comments.map((item) => [item.nativeId, item.parentNativeId, item.state])).toEqual([
      ['1', null, 'visible'],
      ['2', '1', 'visible'],
      ['3', '2', 'removed'],
      ['4', null, 'withheld'],
    ])
    expect(comments[0]).toMatchObject({
      authorName: 'Ida',
      authorKey: 'user:9',
      bodyText: 'Words of 1',
      publishedAt: new Date('2024-05-09T10:20:05Z'),
      score: 3,
      isPicked: true,
    })
    expect(comments[2]).toMatchObject({ authorName: null, bodyText: '' })
    expect(JSON.stringify(comments)).not.toMatch(/ida\.png|mail\.example/)
    expect(next).toEqual([])
    const full = Array.from({ length: 50 }, (_, index) => comment(index + 1, null))
    const more = hyvorTalk.read(answerOf(JSON.stringify(full)), first, thread).next
    expect(more.map(({ url }) => new URL(url).searchParams.get('offset'))).toEqual(['50'])
  })

  it('says when a key is asked for', () => {
    expect(hyvorTalk.read(answerOf('', { status: 403 }), first, thread).incomplete).toBe('needs_token')
    expect(hyvorTalk.read(answerOf('', { status: 429 }), first, thread).incomplete).toBe('blocked')
    expect(hyvorTalk.read(answerOf('[]'), first, thread).comments).toEqual([])
    expect(() => hyvorTalk.read(answerOf('{}'), first, thread)).toThrow(/hyvor-talk/)
  })
})
