import { describe, expect, it } from 'vitest'
import { outlinePage } from '../../../src/extractors/article/page-outline.ts'
import { PassageTree } from '../../../src/extractors/article/body/passage-tree.ts'
import { parseHtml } from '../../../src/extractors/page.ts'
import { labelPassages } from '../../bench/articles/training/labels.ts'

const told = 'The ferry sails again on Monday. Tickets cost four coins.\nPrices'

describe('what the truth says of passages', () => {
  it('is told by their words, each of which counts once, and for short ones by their neighbours', () => {
    const page =
      '<p>Prices</p><p>Weather</p><p>Buy our boots before they are gone for good</p><p>Cheap boots for all of you</p>' +
      '<p>The ferry sails again on Monday.</p><p>Prices</p><p>The ferry sails again on Monday.</p>'
    const { passages } = new PassageTree(outlinePage(parseHtml(page)).blocks)
    const shares = labelPassages(passages, told).map(({ share }) => share)
    expect(shares).toEqual([0, 0, 0, 0, 1, 1, 0])
  })
})
