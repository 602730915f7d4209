import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectLanguage, normaliseLanguage } from '../../../src/normalise/language.ts'

describe('normaliseLanguage', () => {
  it.each([
    ['en', 'en'],
    ['EN_us', 'en-US'],
    ['pt-br', 'pt-BR'],
    ['ru-RU.UTF-8', 'ru-RU'],
    ['zh-Hant-TW', 'zh-TW'],
    ['de, en;q=0.8', 'de'],
    ['iw', 'he'],
    ['ua', 'uk'],
    ['English', 'en'],
    ['es-419', 'es-419'],
    ['x-default', null],
    ['und', null],
    ['*', null],
    ['', null],
    [null, null],
    [undefined, null],
  ])('%j', (tag, expected) => {
    expect(normaliseLanguage(tag)).toBe(expected)
  })

  it('never throws and is idempotent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{2,8}([-_][a-z0-9]{1,8}){0,3}$/)), (tag) => {
        const language = normaliseLanguage(tag)
        expect(normaliseLanguage(language)).toBe(language)
      }),
    )
  })
})

describe('detectLanguage', () => {
  it.each([
    ['The council voted on Monday to close the old bridge until the spring.', 'en'],
    ['Совет в понедельник решил закрыть старый мост до весны следующего года.', 'ru'],
    ['Рада в понеділок вирішила закрити старий міст до весни наступного року.', 'uk'],
    ['Der Rat beschloss am Montag, die alte Brücke bis zum Frühjahr zu sperren.', 'de'],
    ['El consejo decidió el lunes cerrar el puente viejo hasta la primavera.', 'es'],
  ])('%s', async (text, expected) => {
    expect(await detectLanguage(text)).toBe(expected)
  })

  it('says nothing of short texts and of no language', async () => {
    expect(await detectLanguage('Hello there')).toBeNull()
    expect(await detectLanguage('12345 '.repeat(50))).toBeNull()
  })
})
