import { expect, it } from 'vitest'
import { findFillAlarms } from '../../../src/report/fill-alarms.ts'

const at = new Date('2026-03-02T10:00:00Z')
const pass = (pages: number, fillRates: Record<string, number>) => ({ at, pages, fillRates })
const usual = pass(10, { article: 1, title: 1, body: 1, publishedAt: 0.9, subtitle: 0.3 })
const kinds = (passes: Parameters<typeof findFillAlarms>[0]) =>
  findFillAlarms(passes).map(({ message }) => message.split(' is found')[0])

it('is silent while all is as usual, and while nothing is known of the past', () => {
  expect(findFillAlarms([usual, usual])).toEqual([])
  expect(findFillAlarms([pass(20, { article: 1, title: 1 })])).toEqual([])
  expect(findFillAlarms([])).toEqual([])
})

it('names a field that vanished, and leaves alone what was always rare', () => {
  expect(findFillAlarms([pass(6, { article: 1, title: 1, body: 1 }), usual, usual, usual])).toEqual([
    {
      kind: 'fields_vanished',
      subject: 'publishedAt',
      message:
        'the field publishedAt is found on 0 % of the last 6 pages, and was on 90 %: ' +
        'if the site has a new design, add its layout and run: npm run reextract',
      urls: [],
    },
  ])
})

it('waits for five pages, over as many passes as that takes', () => {
  const blind = pass(1, { article: 1, title: 1, publishedAt: 1 })
  const alarms = [1, 2, 3, 4, 5].map((count) => kinds([...Array.from({ length: count }, () => blind), usual]))
  expect(alarms).toEqual([[], [], [], [], ['the field body']])
})

it('notices that pages hold no articles any more', () => {
  expect(kinds([pass(8, { article: 0.25 }), usual])).toEqual(['an article'])
})
