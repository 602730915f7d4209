import { describe, expect, it } from 'vitest'
import { platformNamed } from '../../../src/extractors/comments/detect.ts'
import { readPageOf, told } from './printed-pages.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const hackerNews = (id: string, indent: number, name: string): string =>
  `<tr class="athing comtr" id="${id}"><td class="ind" indent="${indent}"><img width="${indent * 40}"></td><td><a class="hnuser">${name}</a> <span class="age" title="2024-05-03T08:00:00 1714723200"><a>7 days ago</a></span><div class="comment"><div class="commtext c00">Words of ${name}.</div><div class="reply">reply</div></div></td></tr>`

const reddit = (id: string, name: string, replies: string): string =>
  `<div class="thing id-t1_${id} comment" id="thing_t1_${id}"><div class="entry"><p class="tagline"><a class="author">${name}</a> <span class="score unvoted" title="5">5 points</span> <time class="live-timestamp" datetime="2024-05-03T08:00:00+00:00">7 days ago</time></p><div class="usertext-body"><div class="md"><p>Words of ${name}.</p></div></div></div><div class="child">${replies}</div></div>`

const lemmy = (id: string, name: string, replies: string): string =>
  `<li class="comment"><article class="comment-node" id="comment-${id}"><a class="person-listing"><span>${name}</span><small>@far.example</small></a><span class="moment-time" data-tippy-content="Friday, May 3rd, 2024 at 8:00:00 AM GMT+00:00">7 days ago</span><div class="comment-content"><p>Words of ${name}.</p></div></article>${replies === '' ? '' : `<ul class="comments">${replies}</ul>`}</li>`

const zeit = (id: string, name: string, indented: boolean, words: string): string =>
  `<article id="cid-${id}" class="comment ${indented ? 'comment--indented' : 'js-comment-toplevel'}"><h4 class="comment-meta__name"><a>${name}</a></h4><a class="comment-meta__date">#1 — 3. Mai 2024, 8:00 Uhr</a><span class="js-comment-recommendations">20</span><div class="comment__body"><p>${words}</p></div></article>`

const blogger = (id: string, name: string, replies: string): string =>
  `<li class="comment" id="c${id}"><div class="comment-block"><div class="comment-header"><cite class="user"><a href="https://www.blogger.com/profile/1">${name}</a></cite><span class="datetime"><a href="https://b.example/a.html?showComment=1714723200955#c${id}">3. Mai 2024 um 10:00</a></span></div><p class="comment-content">Words of ${name}.</p><span class="comment-actions">Reply</span></div><div class="comment-replies"><ol>${replies}</ol></div></li>`

const jcomments = (id: string, name: string, replies: string): string =>
  `<div class="rbox" id="comment-item-${id}"><div class="comment-box"><a class="comment-anchor" id="comment-${id}">#1</a><span class="comment-author">${name}</span><span class="comment-date">03.05.2024 08:00</span><div class="comment-body" id="comment-body-${id}">Words of ${name}.</div></div></div>${replies === '' ? '' : `<div class="comments-list">${replies}</div>`}`

const threeDeep = [
  '1 | - | Ann | 2024-05-03T08:00 | Words of Ann.',
  '2 | 1 | Bob | 2024-05-03T08:00 | Words of Bob.',
  '3 | 2 | Cy | 2024-05-03T08:00 | Words of Cy.',
  '4 | - | Dee | 2024-05-03T08:00 | Words of Dee.',
]

const trees: readonly { readonly name: string; readonly platform: string; readonly page: string }[] = [
  {
    name: 'Hacker News',
    platform: 'hacker-news',
    page: `<table id="hnmain">${hackerNews('1', 0, 'Ann')}${hackerNews('2', 1, 'Bob')}${hackerNews('3', 2, 'Cy')}${hackerNews('4', 0, 'Dee')}</table>`,
  },
  {
    name: 'Reddit',
    platform: 'old-reddit',
    page: reddit('1', 'Ann', reddit('2', 'Bob', reddit('3', 'Cy', ''))) + reddit('4', 'Dee', ''),
  },
  {
    name: 'Lemmy',
    platform: 'lemmy',
    page: `<ul class="comments">${lemmy('1', 'Ann', lemmy('2', 'Bob', lemmy('3', 'Cy', '')))}${lemmy('4', 'Dee', '')}</ul>`,
  },
  {
    name: 'Blogger',
    platform: 'blogger',
    page: `<div id="comments"><h4>4 comments</h4><ol>${blogger('1', 'Ann', blogger('2', 'Bob', blogger('3', 'Cy', '')))}${blogger('4', 'Dee', '')}</ol></div>`,
  },
  {
    name: 'JComments',
    platform: 'jcomments',
    page: `<div id="jc"><div class="comments-list">${jcomments('1', 'Ann', jcomments('2', 'Bob', jcomments('3', 'Cy', '')))}${jcomments('4', 'Dee', '')}</div></div>`,
  },
]

describe('pages of threads with replies', () => {
  it.each(trees)('$name, three deep', ({ platform, page }) => {
    const read = readPageOf(page)
    expect(read.platform).toBe(platform)
    expect(told(read.comments)).toEqual(threeDeep)
  })

  it('Zeit: replies of one level, and what moderators took out', () => {
    const { platform, comments } = readPageOf(
      zeit('1', 'Ann', false, '<em class="moderation">Entfernt. Bitte bleiben Sie sachlich.</em>') +
        zeit('2', 'Bob', true, 'Words.') +
        zeit('3', 'Cy', true, 'More words.'),
    )
    expect(platform).toBe('zeit')
    expect(comments.map(({ parentNativeId, state, likes }) => [parentNativeId, state, likes])).toEqual([
      [null, 'removed', 20],
      ['1', 'visible', 20],
      ['1', 'visible', 20],
    ])
  })

  it.each([
    ['12 Likes', 12],
    ['Likes: 12', 12],
    ['1,234 Likes', 1234],
    ['1 234 likes', 1234],
    ['12\u202F345', 12_345],
    ['1.234.567', 1_234_567],
    ['-5', -5],
    ['12 Kommentare', 12],
    ['7 May', 7],
    ['12k Likes', null],
    ['12 K', null],
    ['3M', null],
    ['1.2k Likes', null],
    ['12 тыс.', null],
    ['3万', null],
    ['1 234 567k', null],
    ['1,23', null],
  ])('take the number of likes from "%s", if it is told in full', (words, likes) => {
    const page = `<div class="crawler-post" id="post_2"><span class="creator"><span itemprop="name">Ann</span></span>
      <div class="post" itemprop="text"><p>Words.</p></div><span class="post-likes">${words}</span></div>`
    const thread = threadOf('discourse-page')
    const { comments } = platformNamed('discourse-page').read(answerOf(page), { url: thread.pageUrl }, thread)
    expect(comments.map((comment) => comment.likes)).toEqual([likes])
  })

  it('Zeit: the replies that a page leaves out, and its other pages', () => {
    const url = 'https://paper.example/harbour'
    const page = `${zeit('1', 'Ann', false, 'Words.')}<div class="js-comment-loader"><a data-url="${url}/comment-replies?cid=1&amp;num_start=1">+ 7</a></div><nav class="pager"><span class="pager__page--current">1</span><a href="${url}?page=2#comments">2</a></nav>`
    const { next } = readPageOf(page, { url })
    expect(next.map((ask) => ask.url)).toEqual([`${url}/comment-replies?cid=1&num_start=1`, `${url}?page=2`])
    const [ask] = next
    if (ask === undefined) throw new Error('nothing was asked for')
    const text = zeit('2', 'Bob', true, 'More words.')
    const { comments } = platformNamed('zeit').read(answerOf(text), ask, threadOf('zeit'))
    expect(comments.map(({ nativeId, parentNativeId }) => [nativeId, parentNativeId])).toEqual([['2', '1']])
  })

  it('Blogger: the definition list of older templates, with the exact time of the address', () => {
    const page = `<dl id="comments-block"><dt class="comment-author" id="c1"><a name="c1"></a><a href="https://www.blogger.com/profile/1" rel="nofollow">Ann</a> hat gesagt…</dt><dd class="comment-body"><p>Words of Ann.</p></dd><dd class="comment-footer"><span class="comment-timestamp"><a href="https://b.example/a.html?showComment=1714723200955#c1">3. Mai</a></span></dd>
      <dt class="comment-author" id="c2">Anonym hat gesagt…</dt><dd class="comment-body"><p>Words.</p></dd><dd class="comment-footer"><span class="comment-timestamp"><a href="https://b.example/a.html?showComment=1714723200955#c2">3. Mai</a></span></dd></dl>`
    expect(told(readPageOf(page).comments)).toEqual([
      '1 | - | Ann | 2024-05-03T08:00 | Words of Ann.',
      '2 | - | Anonym | 2024-05-03T08:00 | Words.',
    ])
  })

  it('Stack Exchange: comments on an answer are its replies, and ids keep their kind', () => {
    const comment = (id: number): string =>
      `<li id="comment-${id}" class="comment"><span class="comment-copy">Words ${id}.</span> <a class="comment-user">Bob</a> <span class="comment-date"><span title="2024-05-03 08:00:00Z, License: CC BY-SA 4.0">May 3</span></span></li>`
    const page = `<div id="question"><div class="js-post-body">Why?</div><ul>${comment(5)}</ul></div><div id="answers"><div id="answer-5" class="answer"><div class="js-post-body"><p>So.</p></div><div class="user-details" itemprop="author"><a>Ann</a></div><time itemprop="dateCreated" datetime="2024-05-03T07:00:00">May 3</time><ul>${comment(6)}</ul></div></div>`
    expect(told(readPageOf(page).comments)).toEqual([
      'comment-5 | - | Bob | 2024-05-03T08:00 | Words 5.',
      'answer-5 | - | Ann | 2024-05-03T07:00 | So.',
      'comment-6 | answer-5 | Bob | 2024-05-03T08:00 | Words 6.',
    ])
  })

  it('keeps the first of two comments with one number, and reads a reply without its parent as a root', () => {
    const page = `<table id="hnmain">${hackerNews('9', 3, 'Ann')}${hackerNews('9', 0, 'Bob')}${hackerNews('10', 4, 'Cy')}</table>`
    expect(told(readPageOf(page).comments)).toEqual([
      '9 | - | Ann | 2024-05-03T08:00 | Words of Ann.',
      '10 | 9 | Cy | 2024-05-03T08:00 | Words of Cy.',
    ])
  })

  it('reads replies nested ten thousand deep', () => {
    let page = ''
    for (let id = 10_000; id > 0; id -= 1) page = reddit(String(id), 'Ann', page)
    expect(readPageOf(page).comments.length).toBeGreaterThan(0)
  })
})
