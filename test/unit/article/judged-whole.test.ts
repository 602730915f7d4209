import { describe, expect, it } from 'vitest'
import { keepAmongKept, keepTablesWhole } from '../../../src/extractors/article/body/agreement.ts'
import { passageText } from '../../../src/extractors/article/body/passage-words.ts'
import { PassageTree } from '../../../src/extractors/article/body/passage-tree.ts'
import { giveUpPullQuotes } from '../../../src/extractors/article/body/pull-quotes.ts'
import { giveUpRepeated } from '../../../src/extractors/article/body/repeated-text.ts'
import { outlinePage } from '../../../src/extractors/article/page-outline.ts'
import { bodyOf, harbourPage, told } from './harbour-page.ts'

const boats = ['the ferry', 'the old tug', 'the pilot boat', 'the dredger', 'the lightship']
const story = boats.map((what) => `<p>${told(what)}</p>`).join('')

const bodyWith = (within: string): string =>
  bodyOf(`<main><article class="entry-content"><h1>Ferry sails again</h1>${within}</article></main>`)

/** What is left of passages that were all judged to belong, but for those that begin with "!". */
function left(body: string, review: (tree: PassageTree, kept: Uint8Array) => void): string[] {
  const tree = new PassageTree(outlinePage(harbourPage(body).document).blocks)
  const kept = new Uint8Array(tree.blocks.length)
  for (const passage of tree.passages) kept[passage.index] = passageText(passage).startsWith('!') ? 0 : 1
  review(tree, kept)
  return tree.passages.filter(({ index }) => kept[index] === 1).map((passage) => passageText(passage))
}

describe('a figure', () => {
  const row = (boat: string): string => `<tr><td>${boat}</td><td>twelve sailings</td></tr>`

  it('of a table stays, without its caption', () => {
    const body = bodyWith(
      `${story}<figure class="wp-block-table"><table><tbody>${boats.map(row).join('')}</tbody></table><figcaption>Table by the harbour office</figcaption></figure>${story.replaceAll('Monday', 'Friday')}`,
    )
    expect(body).toContain('twelve sailings')
    expect(body).not.toContain('Table by')
  })

  it('of a quotation stays', () => {
    const quote =
      'Nobody believed us when we said that she would sail again before the summer, said the mate.'
    expect(
      bodyWith(`${story}<figure><blockquote><p>${quote}</p></blockquote></figure><p>${told('a barge')}</p>`),
    ).toContain('Nobody believed us')
  })

  it('of a picture goes with all that it says', () => {
    const body = bodyWith(
      `${story}<figure><img src="/a.jpg"><div>The ferry at her berth in the old harbour, last week.</div></figure>${story.replaceAll('Monday', 'Friday')}`,
    )
    expect(body).toContain('the lightship')
    expect(body).not.toContain('at her berth')
  })
})

it('keeps the comments in code, which are coloured under that name', () => {
  const code = '<span class="hljs-comment"># show the state of the repository</span>\ngit status'
  expect(
    bodyWith(`${story}<pre><code>${code}</code></pre>${story.replaceAll('Monday', 'Friday')}`),
  ).toContain('# show the state of the repository\ngit status')
})

describe('a text that comes twice', () => {
  it('is kept once', () => {
    expect(
      left(`<div>${story}</div><div><h2>For narrow screens</h2>${story}</div>`, giveUpRepeated),
    ).toHaveLength(boats.length)
  })

  it('goes without what stands beside it', () => {
    const others = story.replaceAll('Monday', 'Friday')
    expect(left(`<div>${story}</div><div>${story}${others}</div>`, giveUpRepeated)).toHaveLength(
      2 * boats.length,
    )
  })

  it.each([
    ['a refrain', `<div>${story}</div><p>${told('the ferry')}</p><p>${told('the old tug')}</p>`],
    [
      'in another order',
      story +
        boats
          .toReversed()
          .map((what) => `<p>${told(what)}</p>`)
          .join(''),
    ],
  ])('stays where it is %s', (_, body) => {
    const all = left(body, () => undefined)
    expect(left(body, giveUpRepeated)).toEqual(all)
  })
})

describe('a table', () => {
  const tableOf = (...rows: string[]): string => `<table>${rows.join('')}</table>`
  const review = ({ blocks, passages }: PassageTree, kept: Uint8Array): void =>
    keepTablesWhole(blocks, passages, kept)

  it('is kept whole as most of its cells are', () => {
    const table = tableOf('<tr><td>!1</td><td>Old tug</td></tr>', '<tr><td>!2</td><td>Ferry</td></tr>')
    expect(left(table, review)).toEqual(['!1', 'Old tug', '!2', 'Ferry'])
  })

  it('goes whole as most of its cells do', () => {
    const table = tableOf(
      '<tr><td>1</td><td>!Old tug</td></tr>',
      '<tr><td>2</td><td>!Ferry, in the summer</td></tr>',
    )
    expect(left(`<p>Boats</p>${table}`, review)).toEqual(['Boats'])
  })

  it('that lays out a page is none', () => {
    const table = tableOf(`<tr><td>!Menu</td><td>${story}</td></tr>`)
    expect(left(table, review)).toHaveLength(boats.length)
  })
})

describe('a passage in doubt', () => {
  const review = ({ passages }: PassageTree, kept: Uint8Array): void => {
    const doubtful = kept.map((isKept) => 1 - isKept)
    keepAmongKept(passages, doubtful, kept)
  }

  it('is kept among others that are kept', () => {
    expect(left(`<div>${story}<p>!Fares stay.</p></div>`, review)).toContain('!Fares stay.')
  })

  it('is not kept beside a text in another element, or among others in doubt', () => {
    const doubt = boats.map((what) => `<p>!${told(what)}</p>`).join('')
    const body = `<div>${story}</div><div><p>!Fares stay.</p></div><div><p>The harbour</p>${doubt}</div>`
    expect(left(body, review)).toHaveLength(boats.length + 1)
  })
})

describe('a sentence set off', () => {
  it('goes where the text says it as well', () => {
    const quote = '“the old tug, which had been laid up since the autumn”'
    expect(left(`${story}<blockquote>${quote}</blockquote>`, giveUpPullQuotes)).toHaveLength(boats.length)
  })

  it('stays where it is said once', () => {
    const quote = 'Nobody believed us when we said so.'
    expect(left(`${story}<aside>${quote}</aside>`, giveUpPullQuotes)).toContain(quote)
  })
})
