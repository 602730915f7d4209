import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBytes } from '../../../src/normalise/charset.ts'
import { windowsCharacter } from '../../../src/normalise/windows-1252.ts'

const russian =
  'Городской совет вчера решил закрыть старый мост до весны. Жители Заречья недовольны: объезд занимает час, а зимой и больше.'
const ukrainian =
  'Міська рада вчора вирішила закрити старий міст до весни. Жителі незадоволені: об’їзд забирає цілу годину, а взимку ще більше.'
const hebrew = 'המועצה החליטה אתמול לסגור את הגשר הישן עד האביב והתושבים אינם מרוצים מן ההחלטה הזאת'
const greek =
  'Το συμβούλιο αποφάσισε χθες να κλείσει την παλιά γέφυρα μέχρι την άνοιξη και οι κάτοικοι διαμαρτύρονται'
const german =
  'Der Rat beschloss gestern, die alte Brücke für Fußgänger zu öffnen. Die Gäste müssen natürlich länger fahren.'
const polish =
  'Rada miasta postanowiła wczoraj zamknąć stary most aż do wiosny. Mieszkańcy są źli, bo objazd trwa całą godzinę.'

/** The bytes of a text in a one-byte encoding, by turning its decoder round. */
function encode(text: string, charset: string): Uint8Array {
  const decoder = new TextDecoder(charset)
  const byteOf = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
  )
  return Uint8Array.from(text, (character) => byteOf.get(character) ?? 0x3f)
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('decodeBytes with a declaration', () => {
  it('reads a byte order mark before anything else, and drops it', () => {
    const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8('é'))
    expect(decodeBytes(bytes, 'text/html; charset=windows-1251')).toEqual({
      text: 'é',
      charset: 'utf-8',
      source: 'bom',
    })
    expect(decodeBytes(Uint8Array.of(0xff, 0xfe, 0x61, 0x00), null)).toEqual({
      text: 'a',
      charset: 'utf-16le',
      source: 'bom',
    })
  })

  it.each([
    'text/html; charset=windows-1251',
    'text/html;charset="CP1251"',
    'text/html; boundary=x; Charset = Windows-1251',
    'text/html; charset=win-1251',
  ])('reads %s', (contentType) => {
    expect(decodeBytes(encode(russian, 'windows-1251'), contentType)).toEqual({
      text: russian,
      charset: 'windows-1251',
      source: 'header',
    })
  })

  it.each([
    '<meta charset=koi8-r>',
    `<META http-equiv='Content-Type' content='text/html; charset=KOI8-R'>`,
    '<meta content="text/html; charset=koi8-r" http-equiv="content-type" />',
    '<?xml version="1.0" encoding="koi8-r"?>',
    `<!-- <meta charset=utf-8> --><title>x</title>${' '.repeat(4_000)}<meta charset="koi8-r">`,
  ])('reads %s', (markup) => {
    const { text, charset, source } = decodeBytes(encode(markup + russian, 'koi8-r'), 'text/html')
    expect([text, charset, source]).toEqual([markup + russian, 'koi8-r', 'meta'])
  })

  it('does not take the description of a page for a declaration', () => {
    const html = `<meta name="description" content="how to set charset=koi8-r">${russian}`
    expect(decodeBytes(encode(html, 'windows-1251'), null)).toMatchObject({
      charset: 'windows-1251',
      text: html,
    })
  })

  it('reads a declared UTF-16 in ASCII markup as UTF-8', () => {
    expect(decodeBytes(utf8('<meta charset="utf-16">é'), null)).toMatchObject({
      charset: 'utf-8',
      source: 'meta',
    })
  })

  it('passes over an unknown label', () => {
    expect(decodeBytes(encode(russian, 'windows-1251'), 'text/html; charset=nonsense')).toMatchObject({
      charset: 'windows-1251',
      source: 'detector',
    })
  })

  it('reads the punctuation of windows-1252, also when it is called ISO-8859-1', () => {
    const bytes = Uint8Array.of(0x93, 0x80, 0x94, 0x20, 0x92, 0xe9)
    expect(decodeBytes(bytes, 'text/html; charset=iso-8859-1').text).toBe('“€” ’é')
  })
})

describe('decodeBytes against a wrong declaration', () => {
  it('takes the page at its word when the header says UTF-8 and the bytes are not', () => {
    const html = `<meta charset="windows-1251">${russian}`
    expect(decodeBytes(encode(html, 'windows-1251'), 'text/html; charset=utf-8')).toEqual({
      text: html,
      charset: 'windows-1251',
      source: 'meta',
    })
  })

  it('asks the detector when header and page both say UTF-8', () => {
    const html = `<meta charset="utf-8">${russian}`
    expect(decodeBytes(encode(html, 'koi8-r'), 'text/html; charset=utf-8')).toEqual({
      text: html,
      charset: 'koi8-r',
      source: 'detector',
    })
  })

  it('keeps UTF-8 with a few broken bytes, whatever the page says', () => {
    const bytes = Uint8Array.of(...utf8(`<meta charset="windows-1251">${russian}`), 0xd0)
    const { text, charset, source } = decodeBytes(bytes, 'text/html; charset=utf-8')
    expect([charset, source, text.endsWith('больше.\uFFFD')]).toEqual(['utf-8', 'header', true])
  })

  it('lets valid UTF-8 win over a one-byte declaration', () => {
    expect(decodeBytes(utf8(russian), 'text/html; charset=iso-8859-1')).toEqual({
      text: russian,
      charset: 'utf-8',
      source: 'detector',
    })
  })

  it('believes a one-byte declaration over two bytes that could be UTF-8', () => {
    expect(decodeBytes(Uint8Array.of(0xc3, 0xa9), 'text/plain; charset=windows-1252').text).toBe('Ã©')
  })
})

describe('decodeBytes without a declaration', () => {
  it.each([
    ['windows-1251', russian],
    ['koi8-r', russian],
    ['iso-8859-5', russian],
    ['ibm866', russian],
    ['x-mac-cyrillic', russian],
    ['windows-1251', ukrainian],
    ['koi8-u', ukrainian.replaceAll('’', "'")],
    ['windows-1255', hebrew],
    ['windows-1253', greek],
    ['windows-1252', german],
    ['iso-8859-2', polish],
  ])('recognises %s', (charset, text) => {
    const page = `<html><body class="article"><p>${text}</p><p>${text}</p></body></html>`
    expect(decodeBytes(encode(page, charset), null)).toEqual({ text: page, charset, source: 'detector' })
  })

  it('recognises Russian among English markup and in capitals', () => {
    const page = `<div class="navigation menu">${'<a href="/news/world">World news</a>'.repeat(50)}</div><p>МОСКВА, 9 янв. ${russian}`
    expect(decodeBytes(encode(page, 'koi8-r'), null).charset).toBe('koi8-r')
    expect(decodeBytes(encode(page, 'windows-1251'), null).charset).toBe('windows-1251')
  })

  it('recognises Shift JIS', () => {
    const bytes = Buffer.from(
      '93fa967b8cea82cc8365834c835883678 2f082b182b182c95c8bce82b982e98e8e8cb182c582b78142'.replaceAll(
        ' ',
        '',
      ),
      'hex',
    )
    const page = Buffer.concat([bytes, bytes, bytes, bytes])
    expect(decodeBytes(page, null).charset).toBe('shift_jis')
  })

  it('takes UTF-8 for what it is, and ASCII as UTF-8', () => {
    expect(decodeBytes(utf8('é'), null)).toEqual({ text: 'é', charset: 'utf-8', source: 'detector' })
    expect(decodeBytes(utf8('plain'), null)).toEqual({ text: 'plain', charset: 'utf-8', source: 'default' })
    expect(decodeBytes(new Uint8Array(), null)).toEqual({ text: '', charset: 'utf-8', source: 'default' })
  })

  it('recognises UTF-16 without a mark', () => {
    expect(decodeBytes(Buffer.from('<html><p>wide</p>', 'utf16le'), null)).toMatchObject({
      text: '<html><p>wide</p>',
      charset: 'utf-16le',
    })
  })

  it('does not look for declarations in JSON', () => {
    const json = '{"html": "<meta charset=koi8-r>é"}'
    expect(decodeBytes(utf8(json), 'application/json', { kind: 'json' })).toMatchObject({
      text: json,
      charset: 'utf-8',
    })
  })
})

describe('decodeBytes of what was encoded twice', () => {
  const words = 'Żeby nie było: “don’t” – naïve café, 100 €, Привет, 日本'
  it('undoes it, whichever one-byte encoding was in between', () => {
    const latin = Buffer.from(words).toString('latin1')
    const windows = latin.replace(/[\u0080-\u009F]/g, windowsCharacter)
    for (const seen of [latin, windows]) {
      expect(decodeBytes(utf8(seen), 'text/html; charset=utf-8').text).toBe(words)
      expect(decodeBytes(utf8(seen), null).text).toBe(words)
    }
  })

  it.each([
    [
      'quotes such a text',
      'Wer „donâ€™t“ und „cafÃ©“ und „naÃ¯ve“ liest – das ist doppelt kodiert. Ärger über Übel.',
    ],
    ['has accents of its own', 'L’été, « naïve », Ã‰TÃ‰'],
    ['has one such pair alone', 'It costs Â£5.'],
  ])('leaves a text that %s', (_, text) => {
    expect(decodeBytes(utf8(text), 'text/html; charset=utf-8').text).toBe(text)
  })

  it('undoes it for any text that is of three characters and more outside ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const twice = utf8(Buffer.from(`«${text}»—`).toString('latin1'))
        expect(decodeBytes(twice, 'text/plain; charset=utf-8', { kind: 'text' }).text).toBe(`«${text}»—`)
      }),
    )
  })
})

it('decodes any bytes under any declaration without throwing', () => {
  const label = fc.constantFrom(
    'utf-8',
    'windows-1251',
    'shift_jis',
    'utf-16',
    'iso-2022-jp',
    'gbk',
    'x',
    'replacement',
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.option(label), (bytes, charset) => {
      const { text } = decodeBytes(bytes, charset === null ? null : `text/html; charset=${charset}`)
      expect(text.isWellFormed()).toBe(true)
    }),
  )
})

it('decodes any text that is encoded as it says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const bytes = utf8(text)
      if (text.startsWith('\uFEFF')) return
      expect(decodeBytes(bytes, 'text/html; charset=utf-8').text).toBe(text)
    }),
  )
})
