import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanLine, cleanText, storableCharacters } from '../../../src/normalise/text.ts'

/** Any sequence of UTF-16 units, lone surrogates included, rich in what cleaning touches. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(
        '\0',
        '\uFFFE',
        '\u{1FFFF}',
        '\r\n',
        '\n',
        ' ',
        '\t',
        '\u00A0',
        '\u200B',
        '\u200D',
        '\u200C',
        '\u00AD',
        'e\u0301',
        '\u0301',
        '\uFEFF',
        '\u2028',
        '\u0085',
        '😀',
        '가',
        '\u1100\u1161',
        'a',
      ),
    ),
  )
  .map((parts) => parts.join(''))

describe('cleanText', () => {
  it.each([
    ['a  b\t c', 'a b c'],
    ['  a \r\n b\r', 'a\nb'],
    ['a\n\n\n\n b', 'a\n\nb'],
    ['a\u00A0\u2003b', 'a b'],
    ['a\0b\u0007c\u0081d\uFEFFe', 'abcde'],
    ['it\u0092s a \u0093quote\u0094', 'it’s a “quote”'],
    ['a\uFFFEb\uFDD0c\u{1FFFF}d', 'abcd'],
    ['lone \uD83D end', 'lone \uFFFD end'],
    ['cafe\u0301', 'caf\u00E9'],
    ['hy\u00ADphen\u200Bated', 'hyphenated'],
    ['\u200D👩\u200D🚀\u200D', '👩\u200D🚀'],
    ['one\u2028two', 'one\ntwo'],
    ['\u200C\n \n', ''],
  ])('%j', (raw, expected) => {
    expect(cleanText(raw)).toBe(expected)
  })

  it('is idempotent, well-formed, NFC and storable for every text and cap', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (raw, cap) => {
        const clean = cleanText(raw, cap)
        expect(cleanText(clean, cap)).toBe(clean)
        expect(cleanText(clean)).toBe(clean)
        expect(clean.isWellFormed()).toBe(true)
        expect(clean.normalize('NFC')).toBe(clean)
        expect(clean).not.toMatch(/(?!\n)[\p{Cc}\p{Noncharacter_Code_Point}]/u)
        expect(clean).not.toMatch(/^[ \n]|[ \n]$| \n|\n | {2}|\n{3}/)
        expect(clean.length).toBeLessThanOrEqual(cap)
      }),
      { numRuns: 1_000 },
    )
  })

  it('gives the same by the short way for plain characters as by the long one', () => {
    // A soft hyphen goes, and takes the short way with it.
    const byLongWay = (raw: string): string => cleanText(`${raw}\u00AD`)
    for (let unit = 0; unit <= 0x2200; unit += 1) {
      const letter = String.fromCharCode(unit)
      const raws = [`${letter} \n${letter}`, `a${letter}`, `${letter}\u0301`]
      if (raws.some((raw) => cleanText(raw) !== byLongWay(raw))) expect(unit).toBeNull()
    }
    const plainText = fc.string({ unit: fc.constantFrom(' ', '\n', '\t', 'a', 'Ж', 'é', '“') })
    fc.assert(fc.property(plainText, (raw) => cleanText(raw) === byLongWay(raw)))
  })

  it('takes 100,000 marks on one letter as they are, and no time with their square', () => {
    const marks = `a${'\u0301\u0489\u202E'.repeat(33_333)}b`
    const started = process.cpuUsage()
    const clean = cleanText(marks)
    expect(cleanText(clean)).toBe(clean)
    expect(clean.length).toBeGreaterThan(99_000)
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(1)
  })

  it('cuts before a character that does not fit', () => {
    expect(cleanText('ab😀', 3)).toBe('ab')
    expect(cleanText('ab😀', 4)).toBe('ab😀')
    expect(cleanText('ab cd', 3)).toBe('ab')
    expect(cleanText('x'.repeat(1_000_001))).toHaveLength(1_000_000)
  })
})

describe('cleanLine', () => {
  it('puts everything on one line', () => {
    expect(cleanLine(' A\n title\u2029here ')).toBe('A title here')
  })
  it.each([null, undefined, '', ' \n\t', '\u200B', '\0'])('gives null for %j', (raw) => {
    expect(cleanLine(raw)).toBeNull()
  })
  it('is idempotent and never holds a line break', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const line = cleanLine(raw)
        expect(cleanLine(line)).toBe(line)
        expect(line ?? '').not.toContain('\n')
      }),
    )
  })
  it('caps at 1,000 units', () => {
    expect(cleanLine('y'.repeat(2_000))).toHaveLength(1_000)
  })
})

it('storableCharacters leaves white space alone', () => {
  expect(storableCharacters('<pre>\n  a\t\tb\0</pre>')).toBe('<pre>\n  a\t\tb</pre>')
})
