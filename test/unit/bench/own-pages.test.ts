import { expect, it } from 'vitest'
import { extractOurs } from '../../bench/articles/our-extractor.ts'
import { readOwnPages } from '../../bench/articles/own-pages.ts'
import { readPage } from '../../bench/articles/page.ts'
import { scoreSet } from '../../bench/articles/score/score.ts'
import { missedFloors, readFloors } from '../../bench/floors.ts'

it('reads the pages that we wrote ourselves as well as the floors of the bench say', async () => {
  const pages = await readOwnPages()
  const read = pages.map(
    async ({ key, file, url }) => [key, await extractOurs(await readPage(file), url)] as const,
  )
  const { scores } = scoreSet(pages, new Map(await Promise.all(read)))
  const figures = Object.fromEntries(Object.entries(scores).map(([name, value]) => [`own.${name}`, value]))
  const bounds = Object.entries(readFloors('articles').figures).filter(([name]) => name.startsWith('own.'))
  expect(bounds.length).toBeGreaterThan(0)
  expect(missedFloors(Object.fromEntries(bounds), figures)).toEqual([])
})
