import { describe, expect, it } from 'vitest'
import type { Ask } from '../../../src/extractors/comments/platform.ts'
import { openweb } from '../../../src/extractors/comments/platforms/openweb/openweb.ts'
import { articleUrl, located } from './located.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const thread = { ...threadOf('openweb', { spot: 'sp_abc123' }), nativeId: '77' }
const first = openweb.open(thread)

const node = (id: string, replies: readonly object[] = [], given: object = {}): object => ({
  id,
  parent_id: '',
  user_id: 'u1',
  user_display_name: '',
  written_at: 1715250005,
  content: [
    { type: 'text', text: `Words of ${id}\nand 1 < 2` },
    { type: 'preview-link', text: 'https://ads.example' },
  ],
  rank: { ranks_up: 5, ranks_down: 2 },
  replies,
  replies_count: replies.length,
  status: 'published',
  ...given,
})

const conversation = (comments: readonly object[], given: object = {}): string =>
  JSON.stringify({
    conversation: {
      comments,
      users: { u1: { display_name: 'Ida', image_id: 'ida.png', is_staff: true } },
      messages_count: 9,
      has_next: false,
      offset: comments.length,
      read_only: false,
      ...given,
    },
  })

const bodyOf = ({ json }: Ask): unknown => json

describe('OpenWeb on a page', () => {
  it.each([
    [
      'the launcher with the article',
      '<script async src="https://launcher.spot.im/spot/sp_abc123" data-spotim-module="spotim-launcher" data-post-id="77"></script>',
    ],
    [
      'a box',
      '<div data-spotim-module="conversation" data-post-id="77"></div><script src="https://launcher.spot.im/spot/sp_abc123"></script>',
    ],
    [
      'a box and the settings of a script',
      `<div class="conversation-container"></div><script>var spotId='sp_abc123'; var postId='77'; load('https://launcher.spot.im')</script>`,
    ],
  ])('is known by %s', (_what, html) => {
    expect(located(openweb, html)).toMatchObject({ nativeId: '77', data: { spot: 'sp_abc123' } })
  })

  it('is known by a flag beside the box for it, with its count', () => {
    const html = `<div id="reader-comments"></div><script>PageCriteria.articleId = '77'; PageCriteria.openwebEnabled = true;
      PageCriteria.openwebMessagesCount = 12;</script>`
    const found = located(openweb, html)
    expect(found).toMatchObject({ nativeId: '77', reportedCount: 12, data: {} })
    expect(openweb.read(answerOf('{}'), openweb.open(found!), found!).incomplete).toBe('unsupported')
  })

  it.each([
    [
      'recommendations',
      '<div data-spotim-module="recirculation" data-spot-id="sp_abc123"></div><script src="https://recirculation.spot.im/spot/sp_abc123"></script>',
    ],
    [
      'the launcher of a whole site',
      '<script src="https://launcher.spot.im/spot/sp_abc123" data-spotim-module="spotim-launcher"></script>',
    ],
    ['a list against blockers of advertisements', '<script>rules = ["https?://[^/]*spot.im[^/]*"]</script>'],
    ['a flag that is off', '<div id="reader-comments"></div><script>openwebEnabled = false</script>'],
    ['a box without its site', '<div id="spotim-comments"></div>'],
  ])('is not seen in %s', (_what, html) => {
    expect(located(openweb, html)).toBeNull()
  })
})

describe('OpenWeb', () => {
  it('is read by permission only, with the ids that every browser sends', () => {
    expect(openweb.restriction).toBe('needs_consent')
    expect(first).toMatchObject({ method: 'POST', headers: { 'x-spot-id': 'sp_abc123', 'x-post-id': '77' } })
    expect(bodyOf(first)).toMatchObject({ conversation_id: 'sp_abc123_77', offset: 0 })
  })

  it('reads replies three deep', () => {
    const deep = node('c3', [], { deleted: true })
    const { comments, next, reportedCount } = openweb.read(
      answerOf(conversation([node('c1', [node('c2', [deep], { edited: true })])])),
      first,
      thread,
    )
    expect(comments.map((item) => [item.nativeId, item.parentNativeId, item.state])).toEqual([
      ['c1', null, 'visible'],
      ['c2', 'c1', 'visible'],
      ['c3', 'c2', 'removed'],
    ])
    expect(comments[0]).toMatchObject({
      authorName: 'Ida',
      authorKey: 'user:u1',
      authorBadges: ['staff'],
      bodyText: 'Words of c1\nand 1 < 2',
      publishedAt: new Date('2024-05-09T10:20:05Z'),
      likes: 5,
      dislikes: 2,
      score: 3,
    })
    expect(comments[1]?.isEdited).toBe(true)
    expect(comments[2]).toMatchObject({ bodyText: '', authorName: null })
    expect(JSON.stringify(comments)).not.toContain('ida.png')
    expect({ next, reportedCount }).toEqual({ next: [], reportedCount: 9 })
  })

  it('goes on to folded replies and to the next page', () => {
    const folded = node('c1', [node('c2')], { replies_count: 3 })
    const { next } = openweb.read(
      answerOf(conversation([folded], { has_next: true, offset: 1 })),
      first,
      thread,
    )
    expect(next.map(bodyOf)).toMatchObject([
      { parent_id: 'c1', offset: 1 },
      { offset: 1, count: 100 },
    ])
    const replies = openweb.read(answerOf(conversation([node('c4'), node('c5')])), next[0]!, thread)
    expect(replies.comments.map(({ parentNativeId }) => parentNativeId)).toEqual(['c1', 'c1'])
    expect(replies.reportedCount).toBeUndefined()
    const stuck = conversation([], { has_next: true, offset: 0 })
    expect(openweb.read(answerOf(stuck), first, thread).next).toEqual([])
  })

  it('knows an empty and a closed conversation, and says when a token is asked for', () => {
    const empty = openweb.read(
      answerOf(conversation([], { read_only: true, messages_count: 0 })),
      first,
      thread,
    )
    expect(empty).toMatchObject({ comments: [], closed: true, reportedCount: 0 })
    expect(openweb.read(answerOf('', { status: 401 }), first, thread).incomplete).toBe('needs_token')
    expect(openweb.read(answerOf('', { status: 429 }), first, thread).incomplete).toBe('blocked')
    expect(() => openweb.read(answerOf('[]'), first, thread)).toThrow(/openweb/)
    expect(located(openweb, '', articleUrl)).toBeNull()
  })
})
