import { describe, expect, it } from 'vitest'
import { generic } from '../../../src/extractors/comments/platforms/generic.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const url = 'https://forum.example/topic/77'

function writersIn(board: string): readonly (string | null)[] {
  const html = `<html><body><h1>Harbour</h1>${board}</body></html>`
  const thread = { ...threadOf('generic'), timezone: 'UTC', pageUrl: url }
  return generic
    .read(answerOf(html, { url }), generic.open(thread), thread)
    .comments.map(({ authorName }) => authorName)
}

function writersOf(names: readonly string[], nameClass: string): readonly (string | null)[] {
  const posts = names.map(
    (name, place) => `<tr><td class="msg" id="message_9789${place}"><div class="msg_infobox">
      <a data-msgid="9789${place}" class="${nameClass}"><b>${name}</b></a>
      <span class="post_time" title="2024-05-0${place + 1} 10:00">2 years ago</span></div>
      <div class="msg_text">Words of post number ${place}.</div></td></tr>`,
  )
  return writersIn(`<table class="board">${posts.join('')}</table>`)
}

/** Posts without numbers, each with what is said of its writer. */
const accounts = (writers: readonly string[]): string =>
  writers
    .map(
      (writer, place) => `<div class="row"><div class="post"><div class="side">${writer}</div>
        <div class="shown">May ${place + 1}, 2024, 9:37 PM</div><div class="said"><p>Words of post ${place}.</p></div></div></div>`,
    )
    .join('')

const account = (name: string): string =>
  `<div class="count-of-user">12${name.length}</div><div class="name"><a href="/Profile/${name}">${name}</a></div>`

describe('the posts of a forum without links to profiles', () => {
  it('are known by different writers in a place for names', () => {
    expect(writersOf(['Ida', 'Bo', 'Cy', 'Ida'], 'name')).toEqual(['Ida', 'Bo', 'Cy', 'Ida'])
  })

  it('are not known by one writer, or by words that may be anything', () => {
    expect(writersOf(['Ida', 'Ida', 'Ida'], 'name')).toEqual([])
    expect(writersOf(['Ida', 'Bo', 'Cy'], 'x1')).toEqual([])
  })
})

describe('posts without numbers', () => {
  it('are known by accounts that are linked, whatever numbers stand beside them', () => {
    expect(writersIn(accounts(['Ida', 'Bobo', 'Cyr'].map(account)))).toEqual(['Ida', 'Bobo', 'Cyr'])
  })

  it('are still known where one account is gone', () => {
    const writers = [...['Ida', 'Bobo', 'Cyr', 'Ida', 'Bobo'].map(account), '<div>gone</div>']
    expect(writersIn(accounts(writers))).toHaveLength(6)
  })

  it('are not teasers of what people wrote elsewhere', () => {
    const authors = ['Ida', 'Bobo', 'Cyr'].map(
      (name) => `<div class="name"><a href="/author/${name}">${name}</a></div>`,
    )
    expect(writersIn(accounts(authors))).toEqual([])
    const titled = ['Ida', 'Bobo', 'Cyr'].map(
      (name) => `${account(name)}<h3><a href="/essays/${name}">On cranes</a></h3>`,
    )
    expect(writersIn(accounts(titled))).toEqual([])
  })

  it('are not known without accounts, nor by two of them', () => {
    expect(writersIn(accounts(['Ida', 'Bo', 'Cy'].map((name) => `<b>${name}</b>`)))).toEqual([])
    expect(writersIn(accounts(['Ida', 'Bobo'].map(account)))).toEqual([])
  })
})

describe('posts whose header is one line', () => {
  const lines = (attribute: string): string =>
    ['Ida', 'Bo', 'Cy']
      .map(
        (
          name,
          place,
        ) => `<div id="15088183${place}" ${attribute}="15088183${place}"><div class="bold">${name} &middot;
          <span>0${place + 1}/05/2024 19:49</span></div><div class="words">Words of post ${place}.</div></div>`,
      )
      .join('')

  it('have the words before the date for a name, where the boxes are said to be replies', () => {
    expect(writersIn(lines('data-reply-id'))).toEqual(['Ida', 'Bo', 'Cy'])
  })

  it('may be the notes of a newsroom as well', () => {
    expect(writersIn(lines('data-note'))).toEqual([])
  })
})
