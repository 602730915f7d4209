import { describe, expect, it } from 'vitest'
import { generic } from '../../../src/extractors/comments/platforms/generic.ts'
import { answerOf, threadOf } from './thread-fixture.ts'

const url = 'https://paper.example/77-harbour.html'

describe('comments in a list of terms', () => {
  it('have their header in the term and their words in what follows it, as Dotclear prints them', () => {
    const pairs = ['Ida', 'Bo', 'Cy'].map(
      (name, place) => `<dt id="c40${place}"><a href="#c40${place}" class="comment-number">${place + 1}.</a>
        Le <span class="comment-date">2024-05-0${place + 1} 10:00</span> par <a href="https://x.example" rel="nofollow">${name}</a></dt>
        <dd><p>Words of ${name}.</p></dd>`,
    )
    const html = `<html><body><div id="comments"><h3>Commentaires</h3><dl>${pairs.join('')}</dl></div></body></html>`
    const thread = { ...threadOf('generic'), timezone: 'UTC', pageUrl: url }
    const { comments } = generic.read(answerOf(html, { url }), generic.open(thread), thread)
    expect(
      comments.map(({ nativeId, authorName, bodyText, publishedAt }) => [
        nativeId,
        authorName,
        bodyText,
        publishedAt?.toISOString().slice(0, 10),
      ]),
    ).toEqual([
      ['400', 'Ida', 'Words of Ida.', '2024-05-01'],
      ['401', 'Bo', 'Words of Bo.', '2024-05-02'],
      ['402', 'Cy', 'Words of Cy.', '2024-05-03'],
    ])
  })
})
