import { array, assert, constantFrom, jsonValue, nat, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTolerantly } from '../../../src/extractors/article/fields/mend-json.ts'

const story = { '@type': 'NewsArticle', headline: 'A "bridge" closes', author: [{ name: 'Ann Lee' }] }
const written = JSON.stringify(story, null, 1)

describe('JSON as pages hold it', () => {
  it('is read as JSON.parse reads it when it is valid', () => {
    assert(
      property(jsonValue(), nat(2), (value, space) => {
        const text = JSON.stringify(value, null, space)
        expect(parseTolerantly(text)).toEqual([JSON.parse(text)])
      }),
    )
  })

  it.each([
    ['a byte order mark', `\uFEFF${written}`],
    ['CDATA marks', `<![CDATA[${written}]]>`],
    ['CDATA marks in comments', `//<![CDATA[\n${written}\n//]]>`],
    ['CDATA marks in comments of the other kind', `/*<![CDATA[*/${written}/*]]>*/`],
    ['HTML comment marks', `<!--\n${written}\n//-->`],
    ['a semicolon behind', `${written};`],
    ['an assignment before', `window.data = ${written}`],
    ['a bracket too many', `${written}}`],
    ['a comma behind', `${written},`],
    ['commas before closing brackets', written.replaceAll(/[}\]]/g, ' ,$&')],
    ['doubled commas', written.replaceAll(',\n', ',,\n')],
    ['quotes that are not escaped', written.replaceAll('\\"', '"')],
    ['comments', written.replaceAll('\n', ' /* note, "quoted" */\n// and {another}\n')],
    ['no brackets at the end', written.slice(0, written.lastIndexOf('"') + 1)],
    ['one bracket missing within', written.replace('}\n ]', ']')],
    ['entities for quotes', written.replaceAll('"', '&quot;')],
    ['entities for quotes, as numbers', written.replaceAll('"', '&#34;')],
    ['a member cut off in its text', `${written.slice(0, -1)},"description":"The council dec`],
    ['a member cut off before its value', `${written.slice(0, -1)},"description":`],
    ['a member cut off in its name', `${written.slice(0, -1)},"descr`],
    ['a member cut off in its number', `${written.slice(0, -1)},"commentCount":12`],
  ])('is mended: %s', (_what, text) => {
    expect(parseTolerantly(text)).toEqual([story])
  })

  it.each([
    ['raw line breaks and tabs', '{"a":"one\n\ttwo\r\n"}', { a: 'one\n\ttwo\r\n' }],
    ['control characters', '{"a":"one\u0000\u001Ftwo"}', { a: 'one  two' }],
    ['escapes that JSON does not know', String.raw`{"a":"it\'s \x41 \u12"}`, { a: "it's x41 u12" }],
    ['escaped end tags, which are valid', String.raw`{"a":"<\/script>",}`, { a: '</script>' }],
  ])('is mended within strings: %s', (_what, text, value) => {
    expect(parseTolerantly(text)).toEqual([value])
  })

  it('is mended without a change to texts that only look broken', () => {
    const text = '{"a":"x, ] } // no comment /* nor this */ <![CDATA[ &quot; ]]>",}'
    expect(parseTolerantly(text)).toEqual([{ a: 'x, ] } // no comment /* nor this */ <![CDATA[ &quot; ]]>' }])
  })

  it('may be several values, of which the readable ones are taken', () => {
    expect(parseTolerantly('{"a":1}\n{"b":nonsense}, [2]{"c":3}')).toEqual([{ a: 1 }, [2], { c: 3 }])
    expect(parseTolerantly('{"a":1}'.repeat(5_000))).toHaveLength(2_000)
  })

  it('is left out where no reading is sure', () => {
    for (const text of ['', 'nonsense', "{'a':1}", '{a:1}', '{"a":}', '{"a":tru}', '['.repeat(100_000)])
      expect(parseTolerantly(text)).toEqual([])
  })

  it('gives values of JSON, whatever the text', () => {
    const pieces = constantFrom(
      ...'{ } [ ] " , : \\ \\u 1 a true // /* */ <![CDATA[ ]]> &quot;'.split(' '),
      '\n',
    )
    assert(
      property(array(pieces, { size: 'large' }), (parts) => {
        for (const value of parseTolerantly(parts.join('')))
          expect(JSON.parse(JSON.stringify(value))).toEqual(value)
      }),
    )
    assert(property(string({ unit: 'binary' }), (text) => Array.isArray(parseTolerantly(text))))
  })

  it('is still read in part wherever it is cut', () => {
    assert(
      property(array(jsonValue()), nat(), (values, at) => {
        const text = JSON.stringify({ first: 'whole', values, last: 'x' })
        const cut = text.slice(0, Math.max('{"first":"whole",'.length, at % text.length))
        expect(parseTolerantly(cut)).toMatchObject([{ first: 'whole' }])
      }),
    )
  })
})
