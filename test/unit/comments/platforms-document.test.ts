import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { platforms } from '../../../src/extractors/comments/detect.ts'

const document = readFileSync(new URL('../../../docs/platforms.md', import.meta.url), 'utf8')
const rows = document.split('\n').flatMap((line) => {
  const [, name] = /^\| `([\w-]+)`/.exec(line) ?? []
  return name === undefined ? [] : [{ name, line }]
})

describe('docs/platforms.md', () => {
  it('has every platform, in the order in which they are tried', () => {
    expect(rows.map(({ name }) => name)).toEqual(platforms.map(({ name }) => name))
  })

  it.each(platforms.map(({ name, restriction = null }) => ({ name, restriction })))(
    'says what $name may not be read for',
    ({ name, restriction }) => {
      const line = rows.find((row) => row.name === name)?.line ?? ''
      expect(/\*\*(\w+)\*\*/.exec(line)?.[1] ?? null).toBe(restriction)
    },
  )
})
