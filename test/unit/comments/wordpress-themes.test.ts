import { describe, expect, it } from 'vitest'
import { readPageOf, told, withoutData } from './printed-pages.ts'

const url = 'https://paper.example/2019/06/harbour/'
const head =
  '<link rel="canonical" href="https://paper.example/2019/06/harbour/"><meta name="generator" content="WordPress 5.2">'
const words = '<p>Fine words, all mine.</p><p>A second line.</p>'
const replyLink = '<a class="comment-reply-link" data-commentid="1" href="?replytocom=1#respond">Reply</a>'
const linked = (name: string): string => `<a href="https://blog.example/" rel="external nofollow">${name}</a>`

type Theme = (id: string, name: string, replies: string) => string

const item = (id: string, names: string, inner: string, replies: string): string =>
  `<li class="${names}" id="comment-${id}">${inner}${replies === '' ? '' : `<ul class="children">${replies}</ul>`}</li>`

/** How themes print a comment: each with a walker of its own, from 2005 on. */
const themes: Readonly<Record<string, Theme>> = {
  'words without a box': (id, name, replies) =>
    item(
      id,
      'alt',
      `<cite>${linked(name)}</cite> Says: <br><small class="commentmetadata"><a href="#comment-${id}">June 19th, 2019 at 6:16 am</a></small>${words}`,
      replies,
    ),
  'a definition list': (id, name, replies) =>
    `<dt class="comment" id="comment-${id}"><span class="comment_num"><a href="#comment-${id}" title="Permalink">1</a></span> <strong class="comment_author">${linked(name)}</strong> <span class="comment_time">June 19, 2019 at 6:16 am</span></dt><dd class="comment"><div class="format_text" id="comment-body-${id}">${words}<p class="reply">${replyLink}</p></div>${replies === '' ? '' : `<dl class="children">${replies}</dl>`}</dd>`,
  'the date beside the name in one line': (id, name, replies) =>
    item(
      id,
      'comment',
      `<div class="the-comment"><div class="comment-author meta"><strong>${linked(name)}</strong>June 19, 2019 at 6:16 am<span class="comment-reply"> - ${replyLink}</span></div><div class="comment-text">${words}</div></div>`,
      replies,
    ),
  'classes after another scheme': (id, name, replies) =>
    item(
      id,
      'c-comment',
      `<header class="c-comment__head"><span class="c-comment__user">${name}</span><span class="c-comment__when">19.06.2019, 06:16</span></header><div class="c-comment__message">${words}</div><footer>${replyLink}</footer>`,
      replies,
    ),
  'names of lists in the plural': (id, name, replies) =>
    item(
      id,
      'comments__list-item',
      `<div class="comments__list-item__copy"><span class="comments__info"><a class="author" href="/profile/1">${name}</a><span>|</span><time class="comments__date">Jun 19, 2019 06:16am</time><span>|</span><a href="#comment-${id}">#3</a></span><div class="comments__list-item__text">${words}</div></div>`,
      replies,
    ),
  'a heading that goes on with the date': (id, name, replies) =>
    item(
      id,
      'comment even',
      `<div class="comment-wrap"><h4>${name} <span>wrote on 19 June, 2019, 6:16</span></h4><div class="entry">${words}</div></div>`,
      replies,
    ),
  'boxes in place of a list': (id, name, replies) =>
    `<div class="single-comment" id="comment-${id}"><div><b>${name}</b> <i>19. Juni 2019 um 06:16</i></div><div class="words">${words}</div>${replyLink}${replies === '' ? '' : `<div class="children">${replies}</div>`}</div>`,
  'a name of no class': (id, name, replies) =>
    item(
      id,
      'comment',
      `<span class="number">3</span> <div class="comment-data">${linked(name)} | June 19, 2019 | 6:16 am</div> <div class="comment-p">${words}</div>`,
      replies,
    ),
  'names of its own for all parts': (id, name, replies) =>
    item(
      id,
      'comment',
      `<a class="comment-reply-link" href="#">Reply</a><div class="cmt-top"><p class="cmt-who">${name}</p><p class="cmt-when">June 19, 2019 at 6:16 am</p></div><div class="cmt-bd">${words}</div>`,
      replies,
    ),
  'paragraphs for name and date': (id, name, replies) =>
    item(
      id,
      'comment',
      `<h4>${name}</h4><p class="small">June 19, 2019 at 6:16 am</p>${words}${replyLink}`,
      replies,
    ),
  'a header and words of one line each': (id, name, replies) =>
    item(
      id,
      'comment',
      `<p><strong>${name}</strong> – June 19, 2019 at 6:16 am</p>${words}${replyLink}`,
      replies,
    ),
  'the name as a title': (id, name, replies) =>
    item(
      id,
      'comment',
      `<article class="uk-comment"><h3 class="uk-comment-title">${name}</h3><p class="uk-comment-meta"><time datetime="2019-06-19T06:16:00Z">June 19</time> | <a>#</a></p><div class="uk-comment-body">${words}</div></article>`,
      replies,
    ),
  'buttons among the words': (id, name, replies) =>
    item(
      id,
      'comment byuser bypostauthor',
      `<div class="comment-body"><div class="comment-author vcard"><cite class="fn">${linked(name)}</cite><span class="post-author">Author</span></div><div class="comment-meta"><a href="#comment-${id}">June 19, 2019 at 6:16 am</a></div>${words}<div class="comment-like"><span>Like</span></div><div class="reply">${replyLink}</div></div>`,
      replies,
    ),
}

describe('themes of WordPress', () => {
  it.each(Object.keys(themes))('%s', (name) => {
    const theme = themes[name]
    if (theme === undefined) throw new Error(name)
    const list = theme('12', 'Ann Lee', theme('13', 'Bob Stone', '')) + theme('14', 'Rui Ma', '')
    const tag = name === 'a definition list' ? 'dl' : 'ol'
    const page = `<div id="comments"><h3>3 Comments</h3><${tag}>${list}</${tag}></div><form id="commentform" action="/wp-comments-post.php"></form>`
    const expected = [
      '12 | - | Ann Lee | 2019-06-19T06:16 | Fine words, all mine. / A second line.',
      '13 | 12 | Bob Stone | 2019-06-19T06:16 | Fine words, all mine. / A second line.',
      '14 | - | Rui Ma | 2019-06-19T06:16 | Fine words, all mine. / A second line.',
    ]
    expect(told(readPageOf(page, { head, url }).comments)).toEqual(expected)
    expect(told(readPageOf(withoutData(page), { head, url }).comments)).toEqual(expected)
  })

  it('knows its own comments in a copy that an archive rewrote', () => {
    const archived = 'https://web.archive.org/web/20190620000000/https://paper.example/2019/06/harbour/'
    const theme = themes['words without a box']
    const list = (theme?.('12', 'Ann Lee', '') ?? '').replaceAll('href="#', `href="${archived}#`)
    const page = `<div id="comments"><ol>${list}</ol></div><form id="commentform" action="/wp-comments-post.php"></form>`
    expect(readPageOf(page, { head, url }).comments).toHaveLength(1)
    expect(
      readPageOf(page, { head: '<meta name="generator" content="WordPress">', url: archived }).comments,
    ).toHaveLength(1)
  })

  it('leaves a family name that looks like a word before a date', () => {
    const page = `<div id="comments"><ol>${themes['buttons among the words']?.('12', 'Hung Le', '') ?? ''}</ol></div><form id="commentform" action="/wp-comments-post.php"></form>`
    expect(readPageOf(page, { head, url }).comments.map(({ authorName }) => authorName)).toEqual(['Hung Le'])
  })
})
