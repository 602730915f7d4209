import { describe, expect, it } from 'vitest'
import { generic } from '../../../src/extractors/comments/platforms/generic.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const url = 'https://forum.example/topic/77'

function writersOf(names: readonly string[], nameClass: string): readonly (string | null)[] {
  const posts = names.map(
    (name, place) => `<tr><td class="msg" id="message_9789${place}"><div class="msg_infobox">
      <a data-msgid="9789${place}" class="${nameClass}"><b>${name}</b></a>
      <span class="post_time" title="2024-05-0${place + 1} 10:00">2 years ago</span></div>
      <div class="msg_text">Words of post number ${place}.</div></td></tr>`,
  )
  const html = `<html><body><h1>Harbour</h1><table class="board">${posts.join('')}</table></body></html>`
  const thread = { ...threadOf('generic'), timezone: 'UTC', pageUrl: url }
  return generic
    .read(answerOf(html, { url }), generic.open(thread), thread)
    .comments.map(({ authorName }) => authorName)
}

describe('the posts of a forum without links to profiles', () => {
  it('are known by different writers in a place for names', () => {
    expect(writersOf(['Ida', 'Bo', 'Cy', 'Ida'], 'name')).toEqual(['Ida', 'Bo', 'Cy', 'Ida'])
  })

  it('are not known by one writer, or by words that may be anything', () => {
    expect(writersOf(['Ida', 'Ida', 'Ida'], 'name')).toEqual([])
    expect(writersOf(['Ida', 'Bo', 'Cy'], 'x1')).toEqual([])
  })
})
