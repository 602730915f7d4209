import { describe, expect, it } from 'vitest'
import { outlinePage } from '../../../src/extractors/article/page-outline.ts'
import { PassageTree } from '../../../src/extractors/article/body/passage-tree.ts'
import { parseHtml } from '../../../src/extractors/page.ts'
import { labelPassages } from '../../bench/articles/training/labels.ts'

const told = 'The ferry sails again on Monday. Tickets cost four coins.\nPrices'

function sharesOf(page: string): number[] {
  const { passages } = new PassageTree(outlinePage(parseHtml(page)).blocks)
  return labelPassages(passages, told).map(({ share }) => share)
}

describe('what the truth says of passages', () => {
  it('is told by their words, each of which counts once, and for short ones by their neighbours', () => {
    const page =
      '<p>Prices</p><p>Weather</p><p>Buy our boots before they are gone for good</p><p>Cheap boots for all of you</p>' +
      '<p>The ferry sails again on Monday.</p><p>Prices</p><p>The ferry sails again on Monday.</p>'
    expect(sharesOf(page)).toEqual([0, 0, 0, 0, 1, 1, 0])
  })

  it('is the one of two equal passages that stands among the others of the article', () => {
    const page =
      '<p>Tickets cost four coins</p><p>Buy our boots before they are gone for good</p><p>Cheap boots for all of you</p>' +
      '<p>The ferry sails again on Monday.</p><p>Tickets cost four coins</p>'
    expect(sharesOf(page)).toEqual([0, 0, 0, 1, 1])
  })

  it('is told of cells by what stands before and after', () => {
    const row = ['The ferry', 'sails', 'again on Monday.', 'Boots', 'Monday'].map(
      (cell) => `<td>${cell}</td>`,
    )
    expect(sharesOf(`<table><tr>${row.join('')}</tr></table>`)).toEqual([1, 1, 1, 0, 0])
  })
})
