import { z } from 'zod'
import { jsonOf } from '../../src/extractors/comments/json/read-json.ts'
import { parseTolerantly } from '../../src/extractors/article/fields/mend-json.ts'
import { decodeBytes } from '../../src/normalise/charset.ts'
import { cleanLine, cleanText } from '../../src/normalise/text.ts'
import { canonicalUrl } from '../../src/normalise/url.ts'
import { type CorpusDriver, readFiles, runCases } from './corpus.ts'

const cyrillic = /cyrillic|koi8|866|1251|8859-5|maccyrillic/i
const usual: Readonly<Record<string, string>> = {
  gb2312: 'gb18030',
  maccyrillic: 'x-mac-cyrillic',
}

/** Texts in many charsets, without a header: read as their folder says, or as the same words. */
export const charsetsCorpus: CorpusDriver = async (folder) => {
  const files = await readFiles(folder)
  const casesOf = (isCyrillic: boolean) =>
    files
      .filter(({ name }) => cyrillic.test(name.split('/')[0] ?? '') === isCyrillic)
      .map(({ name, bytes }) => ({
        name,
        run: () => {
          const folderName = (name.split('/')[0] ?? '').toLowerCase()
          const label =
            /^(?:iso-8859-\d+|windows-\d+)/.exec(folderName)?.[0] ?? usual[folderName] ?? folderName
          const { text, charset, source } = decodeBytes(bytes, null, {
            kind: name.endsWith('xml') ? 'xml' : 'html',
          })
          const expected = new TextDecoder(label).decode(bytes)
          return charset === label || text === expected
            ? null
            : `read as ${charset} (${source}), not ${label}`
        },
      }))
  return [
    await runCases('charsets: Cyrillic', casesOf(true), 0.95),
    await runCases('charsets: all others', casesOf(false), 0.8),
  ]
}

/** Strings that break programs: cleaned once, and not again. */
export const stringsCorpus: CorpusDriver = async (folder) => {
  const file = (await readFiles(folder)).find(({ name }) => name.endsWith('.json'))
  const strings = z.array(z.string()).parse(JSON.parse(String(file?.bytes)))
  const cases = strings.map((text, index) => ({
    name: `string ${index}`,
    run: () => {
      const clean = cleanText(text)
      const line = cleanLine(text)
      if (cleanText(clean) !== clean || cleanLine(line) !== line) return 'is cleaned anew each time'
      const stored = JSON.stringify(clean)
      return clean.isWellFormed() && !stored.includes('\\u0000') ? null : 'is not fit for a database'
    },
  }))
  return [await runCases('strings: cleaned for good', cases)]
}

const urlShape = z.object({ input: z.string(), base: z.string().nullish(), failure: z.boolean().optional() })

/** Addresses of the web platform tests: never a fault, and canonical once and for all. */
export const urlsCorpus: CorpusDriver = async (folder) => {
  const file = (await readFiles(folder)).find(({ name }) => name.endsWith('.json'))
  const all = z.array(z.union([z.string(), urlShape])).parse(JSON.parse(String(file?.bytes)))
  const cases = all
    .filter((entry) => typeof entry !== 'string')
    .map(({ input, base, failure }) => ({
      name: JSON.stringify(input),
      run: () => {
        const usable = base !== null && base !== undefined && base !== 'about:blank' ? base : undefined
        const once = canonicalUrl(input, usable)
        if (failure === true && once !== null) return `is no address, and was taken for ${once}`
        if (once === null) return null
        return canonicalUrl(once) === once ? null : `${once} is not canonical yet`
      },
    }))
  return [await runCases('addresses: canonical for good', cases)]
}

/** JSON that must be read (y_), that must be refused (n_), and that must only do no harm (i_). */
export const jsonCorpus: CorpusDriver = async (folder) => {
  const files = await readFiles(folder)
  const cases = files.map(({ name, bytes }) => ({
    name,
    run: () => {
      const { text } = decodeBytes(bytes, 'application/json', { kind: 'json' })
      const read = jsonOf({
        url: 'https://news.example/',
        status: 200,
        headers: {},
        text,
        fetchedAt: new Date(0),
      })
      parseTolerantly(text)
      if (name.startsWith('y_') && read === undefined) return 'was refused'
      return name.startsWith('n_') && read !== undefined ? 'was read' : null
    },
  }))
  return [await runCases('JSON: read, refused or harmless', cases)]
}
