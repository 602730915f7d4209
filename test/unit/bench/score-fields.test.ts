import { describe, expect, it } from 'vitest'
import {
  isSameDay,
  isSameLanguage,
  isSameMinute,
  isSameTitle,
  scoreAuthors,
} from '../../bench/articles/score/fields.ts'

describe('titles', () => {
  it('are the same whatever the quotes, dashes, case and white space', () => {
    expect(isSameTitle('“Never”, says  the Mayor – again', '"never", says the mayor - Again ')).toBe(true)
    expect(isSameTitle('»Nie wieder«', '„Nie wieder“')).toBe(true)
    expect(isSameTitle('“Nie wieder”', 'Nie wieder')).toBe(true)
  })

  it('are another with the name of the site', () => {
    expect(isSameTitle('Bridge closed', 'Bridge closed | Gazette')).toBe(false)
    expect(isSameTitle('Bridge closed', null)).toBe(false)
  })
})

describe('authors', () => {
  it('are compared as a set of names, by their words', () => {
    expect(scoreAuthors(['Jana Brook', 'Till Ehlers'], ['till ehlers', 'Jana  Brook'])).toBe(1)
    expect(scoreAuthors(['Jana Brook', 'Till Ehlers'], ['Jana Brook'])).toBeCloseTo(2 / 3, 12)
    expect(scoreAuthors(['Jana Brook'], [])).toBe(0)
  })
})

describe('moments', () => {
  it('share a day as written or in UTC', () => {
    expect(isSameDay('2026-02-24T05:00:00+09:00', '2026-02-23T20:00:00.000Z')).toBe(true)
    expect(isSameDay('2026-02-24', '2026-02-24T23:30:00-05:00')).toBe(true)
    expect(isSameDay('2026-02-24', '2026-02-25T04:30:00.000Z')).toBe(false)
    expect(isSameDay('2026-02-24', 'yesterday')).toBe(false)
  })

  it('share a minute when they are not farther apart', () => {
    expect(isSameMinute('2026-02-24T05:00:00+09:00', '2026-02-23T20:01:00Z')).toBe(true)
    expect(isSameMinute('2026-02-24T05:00:00+09:00', '2026-02-23T20:01:01Z')).toBe(false)
    expect(isSameMinute('2026-02-24T05:00:00+09:00', null)).toBe(false)
  })
})

describe('languages', () => {
  it('are the same without their region, and Norwegian by any of its names', () => {
    expect(isSameLanguage('pt', 'pt-BR')).toBe(true)
    expect(isSameLanguage('no', 'nb')).toBe(true)
    expect(isSameLanguage('en', null)).toBe(false)
  })
})
