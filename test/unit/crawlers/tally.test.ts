import { expect, it } from 'vitest'
import { countComments, countSaved, newTally } from '../../../src/crawlers/tally.ts'

const comments = { new: 3, edited: 2, removed: 1, unchanged: 4 }

it('a tally counts a page with its thread once, and the parts of a long thread by their comments', () => {
  const tally = newTally()
  countComments(tally, { comments })
  const whole = { complete: true, incompleteReason: null, isPartial: false }
  const refused = { complete: false, incompleteReason: 'robots', isPartial: false } as const
  countSaved(tally, { change: 'new', comments, thread: { ...whole, isPartial: true } })
  countSaved(tally, { change: 'changed', comments, thread: refused })
  countSaved(tally, { change: 'unchanged', comments, thread: refused })
  countSaved(tally, {
    change: 'unchanged',
    comments: { new: 0, edited: 0, removed: 0, unchanged: 0 },
    thread: null,
  })
  expect(tally).toEqual({
    ...newTally(),
    articles: { new: 1, changed: 1, unchanged: 2, gone: 0 },
    comments: { new: 12, edited: 8, removed: 4, unchanged: 16 },
    threads: { complete: 1, incomplete: 2, partial: 1, reasons: { robots: 2 } },
  })
})

it('a new tally shares nothing with another', () => {
  const tally = newTally()
  tally.articles.new = 5
  tally.failures.timeout = 1
  expect(newTally()).toMatchObject({ articles: { new: 0 }, failures: {} })
})
