import { array, assert, constantFrom, property, stringMatching, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namesWith, replaceNames, replaceInHtml } from '../../../src/privacy/names-in-text.ts'
import { nameKey, PrivacyKey } from '../../../src/privacy/privacy-key.ts'

const names = namesWith(
  new Map([
    ['Fern', '[x]'],
    ['Max Muster', '[x]'],
    ['j.doe_77', '[x]'],
    ['Юрий', '[x]'],
    ['Al', '[x]'],
    ['★Moss★', '[x]'],
  ]),
)

describe('names in texts', () => {
  it.each([
    ['@fern, you are wrong', '@[x], you are wrong'],
    ['FERN: no. Ferns grow; infernal.', '[x]: no. Ferns grow; infernal.'],
    ['as Max Muster said', 'as [x] said'],
    ['as Max  muster said, Max did', 'as [x] said, Max did'],
    ['(j.doe_77) and j.doe', '([x]) and j.doe'],
    ['Юрий и Юрия, ЮРИЙ!', '[x] и Юрия, [x]!'],
    ['Moss grows here', '[x] grows here'],
    // Two letters are a word like any other, unless a person is addressed.
    ['Al fresco, @Al', 'Al fresco, @[x]'],
    ['Fern’s and Fern-like', 'Fern’s and Fern-like'],
  ])('%s', (text, replaced) => {
    expect(replaceNames(text, names)).toBe(replaced)
  })

  it('leaves markup whole, and lets go of addresses that hold a name', () => {
    const tagged = namesWith(
      new Map([
        ['strong', '[x]'],
        ['Fern', '[x]'],
      ]),
    )
    expect(
      replaceInHtml(
        '<p><strong>strong</strong> <a href="https://example.com/u/fern" rel="nofollow">Fern</a> <a href="https://example.com/%46ern">f</a><blockquote data-author="Fern">hi</blockquote></p>',
        (text) => replaceNames(text, tagged),
      ),
    ).toBe(
      '<p><strong>[x]</strong> <a rel="nofollow">[x]</a> <a>f</a><blockquote data-author="[x]">hi</blockquote></p>',
    )
  })

  it('are found in whatever stands around them, and nothing else is touched', () => {
    const word = stringMatching(/^[a-zа-я]{3,9}$/u).filter((text) => !['fern', 'moss', 'юрий'].includes(text))
    const separator = constantFrom(' ', ', ', '. ', '\n', ' (', '"')
    assert(
      property(array(tuple(word, separator), { maxLength: 8 }), separator, (around, after) => {
        const before = around.map((pair) => pair.join('')).join('')
        expect(replaceNames(`${before}Fern${after}${before}`, names)).toBe(`${before}[x]${after}${before}`)
        expect(replaceNames(before, names)).toBe(before)
      }),
    )
  })

  it('have one key however they are written', () => {
    expect(nameKey(' Ａnn  LEE ')).toBe('ann lee')
    expect(nameKey('★')).toBe('')
  })
})

describe('a pseudonym', () => {
  const key = new PrivacyKey('0123456789abcdef0123456789abcdef')
  it('is one for a name in its scope, and another elsewhere or with another key', () => {
    const one = key.pseudonym('gazette', 'Fern')
    expect(one).toMatch(/^reader-[0-9a-f]{14}$/)
    expect(key.pseudonym('gazette', ' fern')).toBe(one)
    expect(key.pseudonym('courier', 'Fern')).not.toBe(one)
    expect(new PrivacyKey('another key of thirty-two letters').pseudonym('gazette', 'Fern')).not.toBe(one)
  })
  it('does not run values together', () => {
    expect(key.hash('a', 'bc', 'd')).not.toBe(key.hash('a', 'b', 'cd'))
  })
})
