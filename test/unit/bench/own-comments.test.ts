import { expect, it } from 'vitest'
import { readOwnPages } from '../../bench/comments/own-pages.ts'
import { readThreads } from '../../bench/comments/our-threads.ts'
import { scorePage } from '../../bench/comments/score/score.ts'
import { figuresOf } from '../../bench/comments/tables.ts'
import { missedFloors, readFloors } from '../../bench/floors.ts'

it('reads the comments of the pages that we wrote ourselves as well as the floors of the bench say', async () => {
  const pages = await readOwnPages()
  const scores = []
  for (const page of pages) scores.push(scorePage(page, await readThreads(page, false)))
  const figures = figuresOf([{ name: 'own', scores, leaks: { right: 0, of: 0 }, faults: 0 }], null, null)
  const bounds = Object.entries(readFloors('comments').figures).filter(([name]) => /^own\.\w+$/.test(name))
  expect(bounds.length).toBeGreaterThan(0)
  expect(missedFloors(Object.fromEntries(bounds), figures)).toEqual([])
})
