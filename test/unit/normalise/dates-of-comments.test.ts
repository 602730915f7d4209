import { describe, expect, it } from 'vitest'
import { findMoment, parseMoment } from '../../../src/normalise/date.ts'

const fetchedAt = new Date('2024-06-10T12:00:00Z')
const context = (language: string) => ({ timezone: 'UTC', language, fetchedAt })
const hour = 3_600_000

describe('how long ago', () => {
  it.each([
    ['zh', '3小时前', 3],
    ['zh', '3天前', 72],
    ['ja', '3時間前', 3],
    ['ja', '2日前', 48],
    ['ko', '3시간 전', 3],
    ['ko', '2일 전', 48],
    ['el', 'πριν από 2 ώρες', 2],
    ['el', 'πριν 3 ημέρες', 72],
    ['ar', 'منذ 3 ساعات', 3],
    ['ar', 'قبل يومين', 48],
    ['hi', '3 घंटे पहले', 3],
    ['fi', '3 tuntia sitten', 3],
    ['hu', '3 órája', 3],
    ['hu', '2 nappal ezelőtt', 48],
    ['sk', 'pred 3 hodinami', 3],
    ['sl', 'pred 3 urami', 3],
    ['sl', 'pred dvema dnevoma', 48],
    ['hr', 'prije dan', 24],
    ['sr', 'пре сат времена', 1],
    ['lt', 'prieš valandą', 1],
    ['cs', 'před 2 týdny', 336],
    ['cs', 'před hodinou', 1],
    ['hr', 'prije 3 sata', 3],
    ['sr', 'pre 2 dana', 48],
    ['sr', 'пре 3 сата', 3],
    ['mk', 'пред 2 дена', 48],
    ['ca', 'fa 3 hores', 3],
    ['ca', 'fa una setmana', 168],
    ['it', '3 ore fa', 3],
    ['lt', 'prieš 3 valandas', 3],
    ['lv', 'pirms 3 stundām', 3],
    ['et', '3 tundi tagasi', 3],
    ['bn', '৩ ঘণ্টা আগে', 3],
    ['ur', '3 گھنٹے پہلے', 3],
    ['sv', 'för 3 dagar sen', 72],
    ['he', 'לפני 3 שעות', 3],
    ['he', 'לפני שעתיים', 2],
    ['fa', '3 ساعت پیش', 3],
    ['id', '3 jam yang lalu', 3],
    ['vi', '3 giờ trước', 3],
    ['de', 'vor über 2 Tagen', 48],
  ])('%s: %s', (language, words, hours) => {
    const moment = findMoment(words, context(language)) ?? parseMoment(words, context(language))
    expect(moment.precision).toBe('relative')
    expect(fetchedAt.getTime() - (moment.at?.getTime() ?? 0)).toBe(hours * hour)
  })

  it.each([
    ['ja', '3日'],
    ['vi', '14 giờ'],
    ['ar', 'قبل البيت'],
    ['ja', '5月3日前'],
    ['it', 'la squadra fa 2 anni'],
    ['en', 'pre 5 min'],
  ])('%s: %s tells none', (language, words) => {
    expect(parseMoment(words, context(language)).precision).not.toBe('relative')
  })
})

describe('months of Vietnamese', () => {
  it.each([
    ['11 Tháng Mười, 2023', '2023-10-11'],
    ['11 Tháng Mười Một, 2023', '2023-11-11'],
    ['11 tháng mười hai năm 2023', '2023-12-11'],
    ['5 tháng năm năm 2024', '2024-05-05'],
  ])('%s', (words, day) => {
    expect(findMoment(words, context('vi'))?.at?.toISOString().slice(0, 10)).toBe(day)
  })

  it.each(['tháng 6 năm 2024', '3 tháng 13, 2024', '3 tháng nữa'])('%s is no day', (words) => {
    expect(findMoment(words, context('vi'))?.at ?? null).toBeNull()
  })
})

describe('days', () => {
  it.each([
    ['cs', '3. 6. 2024 14:22'],
    ['tr', '03 Haziran 2024 Pazartesi 14:22'],
    ['tr', '03.06.2024 Pazartesi 14:22'],
    ['el', '3 Ιουνίου 2024 στις 2:22 μμ'],
    ['ar', '3 يونيو، 2024 الساعة 2:22 م'],
    ['ar', '3 حزيران 2024 14:22'],
    ['vi', '3 tháng 6, 2024 14:22'],
    ['vi', 'ngày 3 tháng 6 năm 2024 lúc 14:22'],
    ['vi', '3 Tháng Sáu, 2024 lúc 2:22 CH'],
    ['zh', '6月3日 14:22'],
  ])('%s: %s', (language, words) => {
    expect(findMoment(words, context(language))?.at?.toISOString()).toBe('2024-06-03T14:22:00.000Z')
  })

  it.each([
    ['zh', '昨天 14:22'],
    ['ja', '昨日 14:22'],
    ['fi', 'eilen klo 14.22'],
  ])('%s: %s', (language, words) => {
    expect(findMoment(words, context(language))?.at?.toISOString()).toBe('2024-06-09T14:22:00.000Z')
  })
})
