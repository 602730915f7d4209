import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ngramsIn, packNgrams } from '../../../src/normalise/packed-ngrams.ts'

const file = new URL('../../../node_modules/eld/src/ngrams/extrasmall.js', import.meta.url)
const moduleShape = z.object({
  ngramsData: z.object({ ngrams: z.record(z.string(), z.record(z.string(), z.number())) }),
})

const written = (entries: string): string => `export const ngramsData = {type:'T',ngrams:{${entries}}};`

describe('packed letter groups', () => {
  it('are all those of the language detector, and no others', async () => {
    const packed = packNgrams(await readFile(file, 'utf8'))
    const groups = ngramsIn(packed?.packed ?? '')
    const loaded: unknown = await import(file.href)
    const { ngrams } = moduleShape.parse(loaded).ngramsData
    const names = Object.keys(ngrams)
    expect(names.length).toBeGreaterThan(40_000)
    expect(names.filter((name) => JSON.stringify(groups[name]) !== JSON.stringify(ngrams[name]))).toEqual([])
    const unknown = ['', ' ', '~~~~~', 'L', ...names.slice(0, 500).map((name) => `${name}~`)]
    expect(unknown.filter((name) => groups[name] !== ngrams[name])).toEqual([])
  })

  it('keep names with quotation marks, and what stands before them', () => {
    const packed = packNgrams(written(String.raw`' a\'b':{0:176},b$_:{3:5,12:7},'\\':{1:2}`))
    expect(packed?.before).toBe(`export const ngramsData = {type:'T',ngrams:`)
    const groups = ngramsIn(packed?.packed ?? '')
    expect([groups[" a'b"], groups['b$_'], groups['\\'], groups['b']]).toEqual([
      { 0: 176 },
      { 3: 5, 12: 7 },
      { 1: 2 },
      undefined,
    ])
  })

  it.each([
    ['nothing', ''],
    ['no group', written('')],
    ['another escape', written(String.raw`'\n':{0:1}`)],
    ['another value', written('a:{0:1},b:[1]')],
    ['more behind them', `${written('a:{0:1}')}ngramsData.more = 1`],
  ])('are not made of a module that is written otherwise: %s', (_, source) => {
    expect(packNgrams(source)).toBeNull()
  })
})
