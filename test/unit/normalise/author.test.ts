import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { authorKey, cleanAuthors } from '../../../src/normalise/author.ts'

describe('cleanAuthors', () => {
  it.each([
    [['By Ann Lee and Bob Stone'], ['Ann Lee', 'Bob Stone']],
    [['Ann Lee, Bob Stone and Carl'], ['Ann Lee', 'Bob Stone', 'Carl']],
    [['Von Max Muster, Berlin'], ['Max Muster']],
    [['Ursula von der Leyen'], ['Ursula von der Leyen']],
    [['Von der Leyen'], ['Von der Leyen']],
    [['Автор: Иван Петров'], ['Иван Петров']],
    [['Мария Сидорова и Пётр Иванов'], ['Мария Сидорова', 'Пётр Иванов']],
    [['Par Jean Petit et Anne Roux'], ['Jean Petit', 'Anne Roux']],
    [['José Ortega y Gasset'], ['José Ortega y Gasset']],
    [['Marks and Spencer'], ['Marks and Spencer']],
    [['Lee, Ann'], ['Lee, Ann']],
    [['dpa, AFP'], ['dpa', 'AFP']],
    [['Ann Lee | Bob Stone'], ['Ann Lee', 'Bob Stone']],
    [['Ann Lee (ann@news.example)', 'ANN LEE'], ['Ann Lee']],
    [['Ann Lee, Senior Editor'], ['Ann Lee']],
    [['Chronicle staff reporter'], ['Chronicle staff reporter']],
    [['Автор: guest'], ['guest']],
    [
      ['Ann Lee (al)', 'Bob Stone [text]'],
      ['Ann Lee', 'Bob Stone'],
    ],
    [
      ['By Ann Lee on Dec. 19, 2025', 'May 3, 2024 · Bob Stone · 5 min read'],
      ['Ann Lee', 'Bob Stone'],
    ],
    [
      ['Author Ann Lee', 'Autorin/Autor Max Muster'],
      ['Ann Lee', 'Max Muster'],
    ],
    [
      ['作者：王小明、李华', 'بقلم أحمد علي', 'Yazar: Ayşe Kaya'],
      ['王小明', '李华', 'أحمد علي', 'Ayşe Kaya'],
    ],
    [['Skrevet av Kari Nordmann og Ola Hansen'], ['Kari Nordmann', 'Ola Hansen']],
    [['Ann Lee/Bob Stone'], ['Ann Lee', 'Bob Stone']],
    [['Center for Harbour Safety and Research'], ['Center for Harbour Safety and Research']],
    [['Ann Lee, Sr. Director of Ferries, Big Lines'], ['Ann Lee']],
    [['Ann Lee, edited by Bob Stone', 'Photos by Carl Wood'], ['Ann Lee']],
    [['von Hafenbote'], ['Hafenbote']],
    [['https://social.example/annlee', '@annlee', ' ', 'admin', '2024', 'null'], []],
  ])('%j', (raw, expected) => {
    expect(cleanAuthors(raw)).toEqual(expected)
  })

  it('never throws and never gives an e-mail address or a double', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.emailAddress())), (raw) => {
        const authors = cleanAuthors(raw)
        expect(new Set(authors).size).toBe(authors.length)
        for (const author of authors) expect(author).not.toMatch(/\S@\S+\.\S/)
      }),
    )
  })
})

describe('authorKey', () => {
  it('folds case, width and spaces', () => {
    expect(authorKey('user', 'Smirnoff')).toBe('user:smirnoff')
    expect(authorKey('name', ' Ann\u00A0 Ｌｅｅ ')).toBe('name:ann lee')
  })
})
