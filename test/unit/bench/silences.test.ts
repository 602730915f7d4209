import { expect, it } from 'vitest'
import { compareSilences } from '../../bench/alarms/silences.ts'

const found = (passesInTime: number, pagesInTime: number): number[] =>
  compareSilences({ sites: 30, series: 100, passesInTime, pagesInTime }).rows.map(([, share]) =>
    parseFloat(share ?? ''),
  )

it('has nobody find more silences in time than who is told how busy the day is', () => {
  const [ours = 0, atRate = 0, atPace = 0] = found(2, 20)
  expect(Math.min(ours, atRate)).toBeGreaterThan(90)
  expect(atPace).toBeGreaterThanOrEqual(Math.max(ours, atRate))
})

it('knows of silences that nobody can find at the first pass', () => {
  expect(Math.max(...found(1, 1))).toBeLessThan(50)
})
