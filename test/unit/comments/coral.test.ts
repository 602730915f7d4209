import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Ask } from '../../../src/extractors/comments/platform.ts'
import { coral } from '../../../src/extractors/comments/platforms/coral/coral.ts'
import { articleUrl, foundOn, located } from './located.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const data = { server: 'https://coral.paper.example/', storyUrl: articleUrl, storyId: 's1' }
const thread = { ...threadOf('coral', data), nativeId: 's1' }
const first = coral.open(thread)

const node = (id: string, parent: string | null, given: object = {}): object => ({
  id,
  body: `<div>Words of ${id}.<br>More.</div>`,
  createdAt: '2024-05-09T10:20:05.250Z',
  author: { id: 'u1', username: 'Ida', avatar: 'https://a.example/ida.png', badges: ['Subscriber'] },
  status: 'NONE',
  parent: parent === null ? null : { id: parent },
  replyCount: 0,
  editing: { edited: false },
  actionCounts: { reaction: { total: 3 } },
  tags: [],
  deleted: false,
  ...given,
})

const listed = (nodes: readonly object[], endCursor: string | null = null): object => ({
  edges: nodes.map((item) => ({ node: item })),
  pageInfo: { hasNextPage: endCursor !== null, endCursor },
})

const root = (
  id: string,
  replies: readonly object[] = [],
  cursor: string | null = null,
  given = {},
): object => node(id, null, { replies: listed(replies, cursor), ...given })

const story = (roots: readonly object[], cursor: string | null = null, given: object = {}): string =>
  JSON.stringify({
    data: {
      story: {
        isClosed: false,
        commentCounts: { totalPublished: 9 },
        comments: listed(roots, cursor),
        ...given,
      },
    },
  })

const errors = (...messages: string[]): string =>
  JSON.stringify({ errors: messages.map((message) => ({ message })) })
const question = z.object({ query: z.string(), variables: z.unknown() })
const variablesOf = ({ json }: Ask): unknown => question.parse(json).variables
const queryOf = ({ json }: Ask): string => question.parse(json).query

describe('Coral on a page', () => {
  it.each([
    [
      'a box that says all',
      `<div class="Talk lazytrigger" data-component="Talk" data-settings="{&#34;articleId&#34;:&#34;s1&#34;,&#34;baseURL&#34;:&#34;https://coral.paper.example/&#34;}"></div>`,
      's1',
    ],
    [
      'the call of version 4',
      `<div id="coral_talk_stream"></div><script src="https://coral.paper.example/static/embed.js"
        onload="Coral.Talk.render(document.getElementById('coral_talk_stream'), { talk: 'https://coral.paper.example/', asset_id: '92942238' })"></script>`,
      '92942238',
    ],
    [
      'the call of later versions',
      `<div id="coral_thread"></div><script>Coral.createStreamEmbed({ id: "coral_thread", rootURL: "https://coral.paper.example", storyID: "s1" })</script>`,
      's1',
    ],
    [
      'a host in the state of the page',
      '<div id="coral_thread"></div><script>window.state = {"commenting":{"coralHost":"coral.paper.example"}}</script>',
      articleUrl,
    ],
    [
      'an element of its own',
      '<ps-comments id="coral_talk_stream" data-embed-url="https://coral.paper.example/assets/js/embed.js" data-story-id="s1"></ps-comments>',
      's1',
    ],
    [
      'its script and a box',
      '<div id="comments-stream"></div><script src="https://coral.paper.example/assets/js/embed.js"></script>',
      articleUrl,
    ],
    [
      'a frame',
      `<iframe src="https://coral.paper.example/embed/stream?storyURL=${encodeURIComponent(articleUrl)}"></iframe>`,
      articleUrl,
    ],
  ])('is known by %s', (_what, html, nativeId) => {
    expect(located(coral, html)).toMatchObject({ nativeId, data: { server: 'https://coral.paper.example/' } })
  })

  it.each([
    ['a player with the same path', '<script src="https://video.example/assets/js/embed.js"></script>'],
    [
      'a magazine without a server',
      '<div id="coral_thread"></div><script>{"coralHostName":"no coral host configured"}</script>',
    ],
    ['reefs', '<p>The coral talk</p><style>.coral { color: coral }</style>'],
    ['a site-wide setting', '<script>{"coralUrl":"https://coral.paper.example"}</script>'],
  ])('does not take %s for it', (_what, html) => {
    expect(located(coral, html)).toBeNull()
  })
})

describe('Coral', () => {
  it('asks by id, else by address', () => {
    expect(first).toMatchObject({ url: 'https://coral.paper.example/api/graphql', method: 'POST' })
    expect(variablesOf(first)).toEqual({ id: 's1', after: null })
    const bare = foundOn(
      coral,
      '<div id="coral_thread"></div><script>x = {rootURL: "https://c.example"}</script>',
    )
    expect(variablesOf(coral.open(bare))).toEqual({ url: articleUrl, after: null })
  })

  it('reads a page of roots with replies of any depth', () => {
    const replies = [
      node('2', '1', { editing: { edited: true }, tags: [{ code: 'STAFF' }, { code: 'FEATURED' }] }),
      node('3', '2', { deleted: true, body: null, author: null }),
    ]
    const batch = coral.read(answerOf(story([root('1', replies)])), first, thread)
    expect(batch.comments.map((item) => [item.nativeId, item.parentNativeId, item.state])).toEqual([
      ['1', null, 'visible'],
      ['2', '1', 'visible'],
      ['3', '2', 'removed'],
    ])
    expect(batch.comments[0]).toMatchObject({
      authorName: 'Ida',
      authorKey: 'user:u1',
      authorBadges: ['Subscriber'],
      bodyText: 'Words of 1.\nMore.',
      publishedAt: new Date('2024-05-09T10:20:05.250Z'),
      likes: 3,
      permalink: `${articleUrl}?commentID=1`,
    })
    expect(batch.comments[1]).toMatchObject({
      isEdited: true,
      isPicked: true,
      authorBadges: ['Subscriber', 'staff'],
    })
    expect(JSON.stringify(batch.comments)).not.toContain('ida.png')
    expect(batch).toMatchObject({ reportedCount: 9, closed: false, next: [] })
  })

  it('goes on to folded replies, then to the next page', () => {
    const { next } = coral.read(answerOf(story([root('1', [node('2', '1')], 'r9')], 'c9')), first, thread)
    expect(next.map(variablesOf)).toEqual([
      { id: '1', after: 'r9' },
      { id: 's1', after: 'c9' },
    ])
    const answer = JSON.stringify({ data: { comment: { replies: listed([node('4', '2')], 'r10') } } })
    const replies = coral.read(answerOf(answer), next[0]!, thread)
    expect(replies.comments.map((item) => [item.nativeId, item.parentNativeId])).toEqual([['4', '2']])
    expect(replies.next.map(variablesOf)).toEqual([{ id: '1', after: 'r10' }])
  })

  it('gives the count at least where only known queries are taken', () => {
    const refused = coral.read(answerOf(errors('RAW_QUERY_NOT_AUTHORIZED'), { status: 400 }), first, thread)
    expect(refused).toMatchObject({ comments: [], incomplete: 'needs_consent' })
    const [ask] = refused.next
    expect(ask?.url).toBe('https://coral.paper.example/api/story/count?id=s1')
    expect(coral.read(answerOf('{"count":12}'), ask!, thread)).toEqual({
      comments: [],
      next: [],
      reportedCount: 12,
    })
    expect(coral.read(answerOf('', { status: 403 }), ask!, thread).incomplete).toBe('blocked')
  })

  it('asks an older server level by level', () => {
    const message = 'Unknown argument "flatten" on field "Comment.replies".'
    const [again] = coral.read(answerOf(errors(message), { status: 400 }), first, thread).next
    expect(queryOf(first)).toContain('flatten')
    expect(queryOf(again!)).not.toContain('flatten')
    const batch = coral.read(
      answerOf(story([root('1', [node('2', '1', { replyCount: 2 })])])),
      again!,
      thread,
    )
    expect(batch.next.map(variablesOf)).toEqual([{ id: '2', after: null }])
    expect(coral.read(answerOf(errors(message)), again!, thread).incomplete).toBe('page_failed')
  })

  it('knows an empty, a closed and an unreadable story', () => {
    expect(coral.read(answerOf('{"data":{"story":null}}'), first, thread)).toEqual({
      comments: [],
      next: [],
      reportedCount: 0,
    })
    expect(coral.read(answerOf(story([], null, { isClosed: true })), first, thread).closed).toBe(true)
    expect(coral.read(answerOf('', { status: 429 }), first, thread).incomplete).toBe('blocked')
    expect(() => coral.read(answerOf('{"data":{}}'), first, thread)).toThrow(/coral/)
  })
})
