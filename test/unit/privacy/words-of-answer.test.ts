import { describe, expect, it } from 'vitest'
import { Guard, nameHash } from '../../../src/privacy/guard.ts'
import { nameKey, PrivacyKey } from '../../../src/privacy/privacy-key.ts'
import { comparableText, wordsOfAnswer } from '../../../src/privacy/words-of-answer.ts'

const key = new PrivacyKey('a key of more than thirty-two letters')

const answer = (body: string | Uint8Array, type = 'text/html; charset=utf-8') => ({
  url: 'https://gazette.example/',
  body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
  headers: { 'content-type': type },
})

/** A guard of a database from which one person was erased. */
function guardAgainst(name: string): Guard {
  const words = nameKey(name)
  const none = new Set<string>()
  return new Guard(
    key,
    { privacy: 'names', scope: 'gazette', nameDays: null, commentDays: null },
    {
      writers: none,
      pages: none,
      names: new Set([nameHash(key, name)]),
      lengths: new Set([words.length]),
      mostWords: words.split(' ').length,
    },
  )
}

const json = 'application/json'

describe('words of an answer', () => {
  it.each([
    ['Jörg Müller', '<p>Jörg Müller says', undefined],
    ['Jörg Müller', 'J&ouml;rg M&uuml;ller', undefined],
    ['Jörg Müller', 'J&#246;rg M&#xFC;ller', undefined],
    ['Jörg Müller', 'J&ouml;rg&nbsp;M&uuml;ller', undefined],
    ['Jörg Müller', '<![CDATA[ <b>J&amp;ouml;rg M&amp;uuml;ller</b> ]]>', 'application/rss+xml'],
    ['Jörg Müller', Buffer.from('<p>J\xF6rg M\xFCller', 'latin1'), 'text/html; charset=iso-8859-1'],
    ['Jörg Müller', Buffer.from('<p>Jörg Müller', 'utf16le'), 'text/html; charset=utf-16le'],
    ['Jörg Müller', 'Jo\u0308rg Mu\u0308ller', undefined],
    ['Jörg Müller', 'Jörg Mül\u00ADler', undefined],
    ['Jörg Müller', String.raw`{"by":"J\u00f6rg M\u00FCller"}`, json],
    ['Jörg Müller', String.raw`{"data":"{\"by\":\"J\\u00f6rg M\\u00fcller\"}"}`, json],
    ['Jörg Müller', String.raw`<i data-by="{&quot;by&quot;:&quot;J\u00f6rg M\u00fcller&quot;}">`, undefined],
    ['Jörg Müller', '<a href="/by/J%C3%B6rg%20M%C3%BCller">', undefined],
    ['Jörg Müller', '<p title="Jörg Müller">', undefined],
    ['Ann Lee', '<b>Ann</b> Lee', undefined],
    ['Ann Lee', '<td>Ann</td><td>Lee</td>', undefined],
    ['Ann Lee', String.raw`{"text":"no\nAnn Lee\nyes"}`, json],
    ['Ann Lee', String.raw`{"html":"\u003cb\u003eAnn\u003c\/b\u003e Lee"}`, json],
    ['Ann Lee', '<script>if (a<b) { by = "Ann Lee" } // a>b', undefined],
    ['Ann Lee', 'ANN\n\t LEE', undefined],
    ["Ann O'Brien", 'Ann O&#039;Brien', undefined],
    ["Ann O'Brien", 'Ann O&apos;Brien', undefined],
    ["Ann O'Brien", 'Ann O&rsquo;Brien', undefined],
    ["Ann O'Brien", 'Ann O´Brien', undefined],
    ['Ann O’Brien', "Ann O'Brien", undefined],
    ['Tom & Jerry', 'Tom &amp; Jerry', undefined],
    ['Tom & Jerry', String.raw`{"by":"Tom \u0026 Jerry"}`, json],
    ['Bob "Bo" Ray', String.raw`{"by":"Bob \"Bo\" Ray"}`, json],
    [
      'Жужелица',
      Buffer.from([0xc6, 0xf3, 0xe6, 0xe5, 0xeb, 0xe8, 0xf6, 0xe0]),
      'text/html; charset=windows-1251',
    ],
  ])('hold %s in %s', (name, body, type) => {
    const written = answer(body, type)
    expect(wordsOfAnswer(written)).toContain(comparableText(name))
    expect(guardAgainst(name).mentionsErased(() => wordsOfAnswer(written))).toBe(true)
  })

  it('hold the address, in any escapes', () => {
    const url = 'https://gazette.example/by/ann%20lee?a=1&b=2'
    const words = wordsOfAnswer({ ...answer(''), url })
    expect(words).toContain('/by/ann lee?a=1')
    const page = answer(`<a href="${url.replace('&', '&amp;')}">`)
    expect(wordsOfAnswer(page)).toContain(comparableText(url))
  })

  it('do not hold whom nobody wrote of', () => {
    const page = answer('<p class="lee">Anna Lee, Ann &amp; Leeroy &#0; &nothing; &#99999999; %zz %FF \\')
    expect(guardAgainst('Ann Lee').mentionsErased(() => wordsOfAnswer(page))).toBe(false)
  })

  it('are not asked for where nobody was erased', () => {
    const nobody = {
      writers: new Set<string>(),
      names: new Set<string>(),
      lengths: new Set<number>(),
      mostWords: 0,
      pages: new Set<string>(),
    }
    const guard = new Guard(
      key,
      { privacy: 'names', scope: 'gazette', nameDays: null, commentDays: null },
      nobody,
    )
    const unread = (): string => {
      throw new Error('asked for')
    }
    expect(guard.mentionsErased(unread)).toBe(false)
  })
})
