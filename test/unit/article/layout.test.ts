import { describe, expect, it } from 'vitest'
import { layoutOn, readLayout } from '../../../src/extractors/article/layout.ts'
import { parsePage } from '../../../src/extractors/page.ts'

const oldest = { until: '2020-06-30', title: '.a' }
const older = { until: '2022-12-31', title: '.b' }
const current = { title: '.c' }

describe('layoutOn', () => {
  it.each([
    ['2019-01-01T00:00:00Z', oldest],
    ['2020-06-30T23:59:59Z', oldest],
    ['2020-07-01T00:00:00Z', older],
    ['2023-01-01T00:00:00Z', current],
  ])('takes for a page of %s the design of that day', (at, expected) => {
    expect(layoutOn([oldest, older, current], new Date(at))).toBe(expected)
    expect(layoutOn([current, older, oldest], new Date(at))).toBe(expected)
  })

  it('has none for a site without layouts, or after the last', () => {
    expect(layoutOn([], new Date('2023-01-01T00:00:00Z'))).toBeNull()
    expect(layoutOn([oldest], new Date('2023-01-01T00:00:00Z'))).toBeNull()
  })
})

describe('readLayout', () => {
  const page = parsePage(
    '<h1>Ferry <em>sails</em></h1><p class=tag>boats</p><p class=tag> </p><p class=tag>sea</p><img class=main src="/a.jpg"><time datetime="2024-01-01">New Year</time>',
    'https://paper.example/a',
    new Date('2024-01-02T00:00:00Z'),
  )

  it('takes texts, attributes and the address of an image', () => {
    const layout = { title: 'h1', tags: '.tag', image: '.main', published: 'time@datetime', section: '.none' }
    expect(readLayout(page, layout)).toMatchObject({
      title: 'Ferry sails',
      tags: ['boats', 'sea'],
      imageUrl: '/a.jpg',
      published: '2024-01-01',
      section: null,
      authors: [],
    })
  })
})
