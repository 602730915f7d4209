import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLike, signatureOf } from '../../../src/normalise/text-signature.ts'

const words = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => `word${((at + from) * 7919) % 100_003}x`)

const shared = (one: readonly number[], other: readonly number[]) =>
  one.filter((value, place) => value === other[place]).length

describe('signatureOf', () => {
  it('is the same whatever case, punctuation and spaces a text has', () => {
    const text = words(60).join(' ')
    const dressed = `«${text.toUpperCase().replaceAll(' ', ',\n\n ')}!»`
    expect(signatureOf(dressed).sketch).toEqual(signatureOf(text).sketch)
  })

  it('says nothing of a text of less than 20 words', () => {
    expect(signatureOf(words(19).join(' '))).toEqual({ sketch: [], figures: [] })
    expect(signatureOf(words(20).join(' ')).sketch).toHaveLength(64)
  })

  it('agrees in about the share of runs that two texts have in common', () => {
    for (const kept of [0.25, 0.5, 0.8]) {
      let agreeing = 0
      for (let text = 0; text < 40; text += 1) {
        const whole = words(800, text * 1_000)
        const part = whole.slice(0, whole.length * kept)
        agreeing += shared(signatureOf(whole.join(' ')).sketch, signatureOf(part.join(' ')).sketch)
      }
      expect(agreeing / 40 / 64).toBeGreaterThan(kept - 0.04)
      expect(agreeing / 40 / 64).toBeLessThan(kept + 0.04)
    }
  })

  it('agrees nowhere for texts that have no run in common', () => {
    const [one, other] = [signatureOf(words(500).join(' ')), signatureOf(words(500, 40_000).join(' '))]
    expect(shared(one.sketch, other.sketch)).toBe(0)
    expect(one.sketch.filter((value) => other.sketch.includes(value))).toEqual([])
  })

  it('takes scripts without spaces by their characters', () => {
    const text = '港口办公室将于周一起关闭北港池十一周。潜水员发现码头下的桩已经锈穿。'.repeat(2)
    expect(signatureOf(text).sketch).toHaveLength(64)
  })

  it('remembers numbers of two digits and more, each once, 64 at most', () => {
    const text = words(30).join('; ')
    expect(signatureOf(`${text} 7 12 12 1,250 ٤٥`).figures.length - signatureOf(text).figures.length).toBe(3)
    const many = Array.from({ length: 200 }, (_, at) => at + 100).join(' ')
    expect(signatureOf(many).figures).toHaveLength(64)
  })

  it('gives numbers that the database takes, for any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 60 }), (parts) => {
        const { sketch, figures } = signatureOf(parts.join(' '))
        expect([0, 64]).toContain(sketch.length)
        for (const value of [...sketch, ...figures]) expect(value).toBe(value | 0)
        expect(new Set(figures).size).toBe(figures.length)
      }),
    )
  })
})

describe('isLike', () => {
  const letters = (count: number, from = 0) =>
    words(count, from).map((word) => word.replaceAll(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit))))
  const report = `${letters(120).join(' ')} 4,250,000 37 2019 2023`
  const like = (one: string, other: string) => isLike(signatureOf(one), signatureOf(other))

  it('tells a copy that lost its end or gained a sentence', () => {
    expect(like(report, `${letters(60).join(' ')} 4,250,000 37 2019`)).toBe(true)
    expect(like(report, `${report}. ${letters(30, 40_000).join(' ')}`)).toBe(true)
  })

  it('is not misled by the same pattern with other numbers', () => {
    expect(like(report, `${letters(120).join(' ')} 611 88 1954 1956`)).toBe(false)
  })

  it('wants an eighth in common, and is never sure of what is too short', () => {
    expect(like(report, `${letters(12).join(' ')} ${letters(500, 40_000).join(' ')}`)).toBe(false)
    expect(like('Closed until spring', 'Closed until spring')).toBe(false)
  })

  it('says the same of two texts whichever comes first', () => {
    const text = fc.integer({ min: 10, max: 200 }).map((count) => words(count).join(' '))
    fc.assert(fc.property(text, text, (one, other) => like(one, other) === like(other, one)))
  })
})
