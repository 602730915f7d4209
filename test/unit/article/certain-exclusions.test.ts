import { Element } from 'domhandler'
import { describe, expect, it } from 'vitest'
import { ElementKinds } from '../../../src/extractors/article/element-kind.ts'
import { isEmbedNotice } from '../../../src/extractors/article/body/embed-notice.ts'
import { bodyOf, told } from './harbour-page.ts'

const story = ['the ferry', 'the old tug', 'the pilot boat', 'the dredger'].map(
  (what) => `<p>${told(what)}</p>`,
)
const other = ['the tram', 'the night bus', 'the funicular', 'the school bus'].map(
  (what) => `<p>${told(what)}</p>`,
)

describe('an article of its own below the page’s', () => {
  const own = `<article class="post-7"><h1>Ferry sails again</h1>${story.join('')}</article>`

  it.each([
    ['with a headline of the first order', '<article><h1>Tram stands still</h1>'],
    ['with a headline that leads to it', '<article><h2><a href="/tram">Tram stands still</a></h2>'],
    ['within a link', '<a href="/tram"><article><h3>Tram stands still</h3>'],
    ['with a number of its own', '<article class="post-8">'],
  ])('is given up: %s', (_, start) => {
    const body = bodyOf(`<main>${own}<div>${start}${other.join('')}</article></div></main>`)
    expect(body).toContain('the dredger')
    expect(body).not.toContain('the tram')
  })

  it.each([
    [
      'the first holds the headline alone',
      `<article><h1>Ferry sails again</h1></article><article><h2><a href="/x">Story</a></h2>${other.join('')}</article>`,
    ],
    ['it has no headline', `${own}<article>${other.join('')}</article>`],
    [
      'its headline leads to a place on the page',
      `${own}<article><h2><a href="#2">Later</a></h2>${other.join('')}</article>`,
    ],
    [
      'it is part of the first',
      own.replace(
        '</article>',
        `<article><h2><a href="/t">10:40</a></h2>${other.join('')}</article></article>`,
      ),
    ],
  ])('stays where %s', (_, html) => {
    expect(bodyOf(`<main>${html}</main>`)).toContain('the tram')
  })
})

describe('what style sheets commonly hide', () => {
  const [tram = '', ...others] = other
  const box = (classes: string): string =>
    `<article><h1>Ferry sails again</h1>${story.join('')}<div class="${classes}">${tram}</div>${others.join('')}</article>`

  it.each(['hidden', 'box d-none', 'sr-only', 'screen-reader-text', 'd-print-none', 'no-print'])(
    'is left out: %s',
    (classes) => {
      expect(bodyOf(box(classes))).not.toContain('the tram')
    },
  )

  it.each(['author-box', 'post saboxplugin-wrap', 'republication-tracker-tool'])(
    'and what is put below texts: %s',
    (classes) => {
      expect(bodyOf(box(classes))).not.toContain('the tram')
    },
  )

  it.each(['hidden md:block', 'd-none d-lg-block', 'hidden-gem', 'not-hidden'])('is shown: %s', (classes) => {
    expect(new ElementKinds().of(new Element('div', { class: classes })).isUnshown).toBe(false)
  })

  it('stays where it is the article', () => {
    expect(bodyOf(`<h1>Ferry sails again</h1><div class="hidden">${story.join('')}</div>`)).toContain(
      'the ferry',
    )
  })
})

it('leaves out the links to the parts of an article that is split', () => {
  const links = [2, 3].map((part) => `<a href="/ferry/${part}/">${part}</a>`).join(' ')
  const body = bodyOf(
    `<article><h1>Ferry sails again</h1>${story.join('')}<p class="entry-text">Pages: <span>1</span> ${links}</p></article>`,
  )
  expect(body).toContain('the dredger')
  expect(body).not.toContain('Pages')
})

describe('notices in the place of what others serve', () => {
  it.each([
    'An dieser Stelle finden Sie externen Inhalt, der den Artikel ergänzt.',
    'Empfohlener redaktioneller Inhalt',
    'Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden.',
    'Personenbezogene Daten können an Drittplattformen übermittelt werden.',
    'Wir benötigen Ihre Zustimmung, um den von unserer Redaktion eingebundenen Inhalt anzuzeigen.',
    'To view this video please accept cookies.',
    'We need your consent to load this YouTube content.',
    'Pour voir ce contenu, vous devez accepter les cookies.',
    'Para ver este contenido, acepta el uso de cookies.',
    'Per vedere questo contenuto è necessario accettare i cookie.',
    'Om deze inhoud te tonen moet je cookies accepteren.',
    'För att se det här innehållet behöver du godkänna cookies.',
    'Aby zobaczyć ten film (video), zaakceptuj cookies.',
  ])('are known: %s', (text) => {
    expect(isEmbedNotice(text)).toBe(true)
  })

  it.each([
    'Der Minister ist damit einverstanden, dass die Schule geschlossen wird.',
    'Die Plattform übermittelt personenbezogene Daten, sagte die Behörde.',
    'The video shows the ferry leaving the harbour.',
    'The bakery sells cookies, and a video of how they are made can be seen there.',
    'Um den Inhalt des Vertrags zu sehen, fuhr sie nach Kiel.',
  ])('are no sentences of an article: %s', (text) => {
    expect(isEmbedNotice(text)).toBe(false)
  })
})
