import { describe, expect, it } from 'vitest'
import { csvLine } from '../../../src/exports/csv.ts'
import { jsonLine } from '../../../src/exports/json-lines.ts'

describe('a line of CSV', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+49', "'+49"],
    ['-x', "'-x"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\n=1', `"'\n=1"`],
    ['＝1', "'＝1"],
    ['=HYPERLINK("a","b")', `"'=HYPERLINK(""a"",""b"")"`],
    ['a = b', 'a = b'],
    ['', ''],
    [null, ''],
    // A number is none that anybody wrote.
    [-3, '-3'],
    [true, 'true'],
  ])('%j is %j', (value, field) => {
    expect(csvLine([value])).toBe(`${field}\r\n`)
  })
})

describe('a line of JSON', () => {
  it('keeps types, and no digit of a number is lost', () => {
    const columns = [
      { name: 'id', type: 'bigint' },
      { name: 'large', type: 'bigint' },
      { name: 'quotes', type: 'json' },
      { name: 'text', type: 'text' },
      { name: 'none', type: 'integer' },
    ] as const
    const row = { id: '12', large: '9007199254740993', quotes: '[{"a": 1}]', text: 'a\u2028"b"', none: null }
    expect(jsonLine(columns, row)).toBe(
      `{"id":12,"large":"9007199254740993","quotes":[{"a": 1}],"text":${JSON.stringify(row.text)},"none":null}\n`,
    )
  })
})
