import { describe, expect, it } from 'vitest'
import { viafoura } from '../../../src/extractors/comments/platforms/viafoura.ts'
import { articleUrl, located } from './located.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const data = { domain: 'paper.example', container: 'story-77' }
const thread = { ...threadOf('viafoura', data), nativeId: 'story-77' }
const first = viafoura.open(thread)
const section = '00000000-0000-4000-8000-000000000001'
const list = 'aaaaaaaa-0000-4000-8000-000000000002'

const site = JSON.stringify({
  result: { settings: { site_uuid: section }, sectionTree: { uuid: section } },
})
const container = (given: object = {}): string =>
  JSON.stringify({ content_container_uuid: list, total_visible_content: 4, ...given })

const content = (id: string, parent: string, given: object = {}): object => ({
  content_uuid: id,
  parent_uuid: parent,
  thread_uuid: parent === list ? null : 'r1',
  content: `Words of ${id}`,
  date_created: 1715250005250,
  state: 'visible',
  actor_uuid: 'actor-1',
  total_likes: 5,
  total_dislikes: 2,
  total_replies: 0,
  ...given,
})

const page = (contents: readonly object[], more = false): string =>
  JSON.stringify({ contents, more_available: more })

const asked = () => {
  const [forContainer] = viafoura.read(answerOf(site), first, thread).next
  const [forList] = viafoura.read(answerOf(container()), forContainer!, thread).next
  return { forContainer: forContainer!, forList: forList! }
}

describe('Viafoura on a page', () => {
  it.each([
    ['a meta element', '<meta name="vf:container_id" content="story-77">'],
    ['its other spelling', '<meta data-rh="true" property="vf:container_id" content="story-77">'],
    ['its former name', '<meta property="vf:unique_id" content="story-77">'],
    ['the box', '<vf-conversations vf-container-id="story-77" limit="10"></vf-conversations>'],
  ])('is known by %s', (_what, html) => {
    expect(located(viafoura, html, 'https://www.paper.example/77-harbour.html')).toMatchObject({
      nativeId: 'story-77',
      data: { domain: 'paper.example', container: 'story-77' },
    })
  })

  it('is kept unread where the container is named by a script only', () => {
    const found = located(viafoura, '<vf-conversations></vf-conversations>')
    expect(found).toMatchObject({ nativeId: articleUrl })
    expect(viafoura.read(answerOf(site), viafoura.open(found!), found!).incomplete).toBe('unsupported')
  })

  it.each([
    ['a tray of notices', '<div class="viafoura"><vf-tray></vf-tray></div>'],
    ['a counter', '<span class="vf-counter vf-widget" data-widget="counter"></span>'],
    ['a style', '<style>.viafoura .vf3-comments { margin: 0 }</style>'],
    ['a hint to the browser', '<link rel="dns-prefetch" href="//cdn.viafoura.net">'],
  ])('is not seen in %s', (_what, html) => {
    expect(located(viafoura, html)).toBeNull()
  })
})

describe('Viafoura', () => {
  it('goes by the site and the container to the comments', () => {
    expect(first).toMatchObject({
      url: 'https://api.viafoura.co/v2/paper.example/bootstrap/v2?session=false',
      method: 'POST',
    })
    const { forContainer, forList } = asked()
    expect(forContainer.url).toBe(
      `https://livecomments.viafoura.co/v4/livecomments/${section}/contentcontainer/id?container_id=story-77`,
    )
    expect(forList.url).toBe(
      `https://livecomments.viafoura.co/v4/livecomments/${section}/${list}/comments?limit=100&reply_limit=100&sorted_by=oldest`,
    )
  })

  it('reads roots with replies, and asks for each writer once', () => {
    const contents = [
      content('r1', list, { total_replies: 2 }),
      content('c2', 'r1', { actor_uuid: 'actor-2' }),
      content('c3', 'c2', { state: 'deleted', content: '' }),
    ]
    const batch = viafoura.read(answerOf(page(contents)), asked().forList, thread)
    expect(batch.comments.map((item) => [item.nativeId, item.parentNativeId, item.state])).toEqual([
      ['r1', null, 'visible'],
      ['c2', 'r1', 'visible'],
      ['c3', 'c2', 'removed'],
    ])
    expect(batch.comments[0]).toMatchObject({
      authorName: null,
      authorKey: 'user:actor-1',
      bodyText: 'Words of r1',
      publishedAt: new Date('2024-05-09T10:20:05.250Z'),
      likes: 5,
      dislikes: 2,
      score: 3,
    })
    expect(batch.names?.map(({ url }) => url)).toEqual([
      `https://iam.viafoura.co/v3/sections/${section}/users/actor-1`,
      `https://iam.viafoura.co/v3/sections/${section}/users/actor-2`,
    ])
    expect(batch.next).toEqual([])
  })

  it('gives names by the key of the writer, and does without one that can not be had', () => {
    const batch = viafoura.read(answerOf(page([content('r1', list)])), asked().forList, thread)
    const [ask] = batch.names ?? []
    const user = JSON.stringify({ name: 'Ida\n K.', email: 'ida@mail.example' })
    expect(viafoura.read(answerOf(user), ask!, thread)).toEqual({
      comments: [],
      next: [],
      authorNames: { 'user:actor-1': 'Ida K.' },
    })
    expect(viafoura.read(answerOf('', { status: 403 }), ask!, thread)).toEqual({ comments: [], next: [] })
  })

  it('goes on to folded replies and to the next page', () => {
    const contents = [content('r1', list, { total_replies: 120 }), content('c2', 'r1'), content('r5', list)]
    const { next } = viafoura.read(answerOf(page(contents, true)), asked().forList, thread)
    expect(next.map(({ url }) => url.replace(/^.*comments/, ''))).toEqual([
      '/r1?limit=100&sorted_by=oldest',
      '?limit=100&reply_limit=100&sorted_by=oldest&starting_from=r5',
    ])
    const replies = viafoura.read(answerOf(page([content('c9', 'c2')], true)), next[0]!, thread)
    expect(replies.comments[0]).toMatchObject({ nativeId: 'c9', parentNativeId: 'c2' })
    expect(replies.next.map(({ url }) => new URL(url).searchParams.get('starting_from'))).toEqual(['c9'])
  })

  it('knows an empty, a closed and an unreadable thread', () => {
    const { forContainer, forList } = asked()
    expect(viafoura.read(answerOf('', { status: 404 }), forContainer, thread)).toMatchObject({
      reportedCount: 0,
      isNotFound: true,
    })
    expect(
      viafoura.read(answerOf(container({ total_visible_content: 0 })), forContainer, thread),
    ).toMatchObject({
      next: [],
      reportedCount: 0,
    })
    expect(viafoura.read(answerOf(container({ comments_disabled: true })), forContainer, thread).closed).toBe(
      true,
    )
    expect(viafoura.read(answerOf('', { status: 429 }), forList, thread).incomplete).toBe('blocked')
    expect(viafoura.read(answerOf('', { status: 500 }), first, thread).incomplete).toBe('page_failed')
    expect(() => viafoura.read(answerOf('{}'), forList, thread)).toThrow(/viafoura/)
    const odd = JSON.stringify({ result: { sectionTree: { uuid: '../../users' } } })
    expect(() => viafoura.read(answerOf(odd), first, thread)).toThrow(/viafoura/)
  })
})
