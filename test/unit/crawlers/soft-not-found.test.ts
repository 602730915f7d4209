import { expect, it } from 'vitest'
import { neighbourOf } from '../../../src/crawlers/soft-not-found.ts'

it.each([
  ['https://paper.example/', /^https:\/\/paper\.example\/page-[0-9a-f]{16}$/],
  ['https://paper.example/news/', /^https:\/\/paper\.example\/page-[0-9a-f]{16}\/$/],
  [
    'https://paper.example/news/bridge.html?page=2',
    /^https:\/\/paper\.example\/news\/page-[0-9a-f]{16}\.html$/,
  ],
])('an address beside %s is one on the same host', (url, neighbour) => {
  expect(neighbourOf(url)).toMatch(neighbour)
  expect(URL.canParse(neighbourOf(url))).toBe(true)
})
