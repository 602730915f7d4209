import { describe, expect, it } from 'vitest'
import { disqus } from '../../../src/extractors/comments/platforms/disqus/disqus.ts'
import { articleUrl, foundOn, located } from './located.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const thread = {
  ...threadOf('disqus', { forum: 'harbour', threadUrl: articleUrl, identifier: 'node/77' }),
  nativeId: 'node/77',
}
const first = disqus.open(thread)

const author = {
  id: '5',
  username: 'ida_k',
  name: 'Ida K.',
  isAnonymous: false,
  email: 'ida@mail.example',
  location: 'Riga',
  avatar: { permalink: 'https://disqus.example/ida.png' },
}

const post = (id: string, parent: number | null, given: object = {}): object => ({
  id,
  parent,
  thread: '900',
  author,
  message: `<p>Words of <b>${id}</b>.</p>`,
  createdAt: '2024-05-09T10:20:05',
  likes: 4,
  dislikes: 1,
  points: 3,
  isDeleted: false,
  isApproved: true,
  isSpam: false,
  isEdited: false,
  isHighlighted: false,
  ...given,
})

const embedded = (posts: readonly object[], hasNext = false, given: object = {}): string =>
  `<!doctype html><body><script type="text/json" id="disqus-threadData">${JSON.stringify({
    cursor: { hasNext, next: '1:0:0', total: 7 },
    code: 0,
    response: { posts, thread: { id: '900', posts: 7, isClosed: false, moderators: [5], ...given } },
  })}</script></body>`

describe('Disqus on a page', () => {
  it('takes the forum and the identifier from the settings', () => {
    const html = `<div id="disqus_thread"></div><script>var disqus_config = function () {
      this.page.url = 'https://paper.example/77-harbour.html'; this.page.identifier = 'node/77' };
      (function () { var s = document.createElement('script'); s.src = '//harbour.disqus.com/embed.js' })()</script>`
    expect(located(disqus, html)).toMatchObject({
      nativeId: 'node/77',
      data: { forum: 'harbour', threadUrl: articleUrl, identifier: 'node/77' },
    })
  })

  it.each([
    ['an attribute', '<div id=disqus_thread data-disqus-shortname="harbour"></div>'],
    ['a variable', `<div id="disqus_thread"></div><script>var disqus_shortname = 'harbour'</script>`],
    [
      'WordPress',
      '<div id="disqus_thread"></div><script>var embedVars = {"disqusShortname":"harbour"}</script>',
    ],
    ['Drupal', '<div id="disqus_thread"></div><script>{"disqus":{"domain":"harbour","url":"x"}}</script>'],
    ['a meta element', '<meta name="disqus:shortname" content="harbour">'],
    ['its script', '<script async src="https://harbour.disqus.com/embed.js"></script>'],
    [
      'a link',
      '<div id="disqus_thread"><noscript><a href="http://harbour.disqus.com/">See</a></noscript></div>',
    ],
    [
      'the state of an application',
      '<script id="fusion-metadata">{"disqusEmbedUrl":"https:\\/\\/harbour.disqus.com\\/embed.js"}</script>',
    ],
    [
      'a consent tool',
      `<div id="disqus_thread"></div><div data-id-lazyload-code="${btoa('<script src="https://harbour.disqus.com/embed.js">')}">`,
    ],
  ])('knows the forum from %s', (_where, html) => {
    expect(located(disqus, html)).toMatchObject({ nativeId: articleUrl, data: { forum: 'harbour' } })
  })

  it.each([
    ["a newspaper's own button", '<button id="disqus_thread" data-target="open-comments">Comments</button>'],
    ['a preconnect', '<link rel="preconnect" href="https://disqus.com"><div id="comments"></div>'],
    [
      'counts in a list',
      '<span class="disqus-comment-count"></span><script src="//harbour.disqus.com/count.js"></script>',
    ],
    [
      'a forum that nobody named',
      `<div id="disqus_thread"></div><script>disqus_shortname = 'unused'</script>`,
    ],
    ['a style', '<style>#disqus_thread iframe { height: 320px }</style>'],
  ])('does not take %s for a thread', (_what, html) => {
    expect(located(disqus, html)).toBeNull()
  })
})

describe('Disqus', () => {
  it('asks for the embedded page of the thread', () => {
    expect(Object.fromEntries(new URL(first.url).searchParams)).toEqual({
      base: 'default',
      f: 'harbour',
      t_i: 'node/77',
      t_u: articleUrl,
      s_o: 'default',
    })
    const bare = foundOn(disqus, '<script src="//harbour.disqus.com/embed.js"></script>')
    expect(new URL(disqus.open(bare).url).searchParams.has('t_i')).toBe(false)
  })

  it('reads posts three deep, with deleted and edited ones in their places', () => {
    const posts = [
      post('1', null, { isHighlighted: true }),
      post('2', 1, { isDeleted: true, message: '<p>gone</p>' }),
      post('3', 2, { isEdited: true, author: { name: 'Guest', username: 'x', isAnonymous: true } }),
      post('4', null, { isApproved: false }),
    ]
    const { comments, reportedCount, next, closed } = disqus.read(answerOf(embedded(posts)), first, thread)
    expect(comments.map((item) => [item.nativeId, item.parentNativeId, item.state, item.bodyText])).toEqual([
      ['1', null, 'visible', 'Words of 1.'],
      ['2', '1', 'removed', ''],
      ['3', '2', 'visible', 'Words of 3.'],
      ['4', null, 'withheld', 'Words of 4.'],
    ])
    expect(comments[0]).toMatchObject({
      authorName: 'Ida K.',
      authorKey: 'user:ida_k',
      publishedAt: new Date('2024-05-09T10:20:05Z'),
      publishedPrecision: 'second',
      likes: 4,
      dislikes: 1,
      score: 3,
      isPicked: true,
      authorBadges: ['moderator'],
      permalink: `${articleUrl}#comment-1`,
    })
    expect(comments[1]).toMatchObject({ authorName: null, authorKey: null })
    expect(comments[2]).toMatchObject({ authorName: 'Guest', authorKey: 'name:guest', isEdited: true })
    expect(JSON.stringify(comments)).not.toMatch(/mail\.example|Riga|ida\.png/)
    expect({ reportedCount, next, closed }).toEqual({ reportedCount: 7, next: [], closed: false })
  })

  it('says that the rest needs a key, and goes on with one of our own', () => {
    const answer = answerOf(embedded([post('1', null)], true))
    expect(disqus.read(answer, first, thread)).toMatchObject({ next: [], incomplete: 'needs_token' })
    const keyed = { ...thread, data: { ...thread.data, key: 'k1' } }
    const [ask] = disqus.read(answer, first, keyed).next
    expect(ask?.url).toBe(
      'https://disqus.com/api/3.0/threads/listPostsThreaded?limit=100&thread=900&forum=harbour&cursor=1%3A0%3A0&api_key=k1',
    )
    const page = JSON.stringify({ cursor: { hasNext: false, next: '' }, code: 0, response: [post('8', 1)] })
    const last = disqus.read(answerOf(page), ask!, keyed)
    expect(last.comments.map(({ nativeId }) => nativeId)).toEqual(['8'])
    expect(last.next).toEqual([])
  })

  it('has the key from the site', () => {
    const html = '<script src="//harbour.disqus.com/embed.js"></script>'
    expect(located(disqus, html, articleUrl, { platformKeys: { disqus: 'k1' } })?.data['key']).toBe('k1')
  })

  it('knows an empty and a closed thread, and refusals', () => {
    const closed = disqus.read(answerOf(embedded([], false, { isClosed: true })), first, thread)
    expect(closed).toMatchObject({ comments: [], closed: true })
    expect(disqus.read(answerOf('', { status: 429 }), first, thread).incomplete).toBe('blocked')
    expect(disqus.read(answerOf('', { status: 0 }), first, thread).incomplete).toBe('robots')
    expect(() => disqus.read(answerOf('<html></html>'), first, thread)).toThrow(/disqus/)
  })
})
