import * as fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { findMoment, parseMoment } from '../../../src/normalise/date.ts'

/** A Thursday, 15:00 in Moscow. */
const moscow = { timezone: 'Europe/Moscow', fetchedAt: new Date('2022-12-15T12:00:00Z') }

const read = (raw: string, context = {}): [string | null, string | null] => {
  const { at, precision } = parseMoment(raw, { ...moscow, ...context })
  return [at?.toISOString() ?? null, precision]
}

describe('machine-readable times', () => {
  it.each([
    ['2022-12-11T07:47:00+03:00', '2022-12-11T04:47:00.000Z', 'second'],
    ['2022-12-11T07:47:00.123456Z', '2022-12-11T07:47:00.123Z', 'second'],
    ['2022-12-11T07:47Z', '2022-12-11T07:47:00.000Z', 'minute'],
    ['2022-12-11T07:47', '2022-12-11T04:47:00.000Z', 'minute'],
    ['2022-12-11 07:47:05 +0000', '2022-12-11T07:47:05.000Z', 'second'],
    ['2022-12-11T07:47:00+0300', '2022-12-11T04:47:00.000Z', 'second'],
    ['2022-12-11T07:47:00+05:30', '2022-12-11T02:17:00.000Z', 'second'],
    ['2022-12-11T07:47:00-08', '2022-12-11T15:47:00.000Z', 'second'],
    ['2022-12-11T07:47:00+03:00[Europe/Moscow]', '2022-12-11T04:47:00.000Z', 'second'],
    ['20221211T074700Z', '2022-12-11T07:47:00.000Z', 'second'],
    ['20221211', '2022-12-10T21:00:00.000Z', 'day'],
    ['2022-12-11', '2022-12-10T21:00:00.000Z', 'day'],
    ['Sun, 11 Dec 2022 07:47:00 +0300', '2022-12-11T04:47:00.000Z', 'second'],
    ['11 Dec 2022 07:47 GMT', '2022-12-11T07:47:00.000Z', 'minute'],
    ['Sunday, 11-Dec-22 07:47:00 GMT', '2022-12-11T07:47:00.000Z', 'second'],
    ['Sun Dec 11 07:47:00 2022', '2022-12-11T04:47:00.000Z', 'second'],
    ['Sun Dec 11 07:47:00 +0000 2022', '2022-12-11T07:47:00.000Z', 'second'],
    ['Sun Dec 11 2022 07:47:00 GMT+0100 (CET)', '2022-12-11T06:47:00.000Z', 'second'],
    ['Sat Dec 11 07:47:00 CET 2021', '2021-12-11T06:47:00.000Z', 'second'],
    ['1670734020', '2022-12-11T04:47:00.000Z', 'second'],
    ['1670734020.5', '2022-12-11T04:47:00.500Z', 'second'],
    ['1670734020000', '2022-12-11T04:47:00.000Z', 'second'],
  ])('%s', (raw, at, precision) => {
    expect(read(raw)).toEqual([at, precision])
  })
})

describe('written dates', () => {
  it.each([
    ['11 December 2022 07: 47', '2022-12-11T04:47:00.000Z', 'minute'],
    ['December 11, 2022 at 7:47 am', '2022-12-11T04:47:00.000Z', 'minute'],
    ['Dec. 11, 2022 3:04 p.m. ET', '2022-12-11T20:04:00.000Z', 'minute'],
    ['3:04 PM EST, Sun December 11, 2022', '2022-12-11T20:04:00.000Z', 'minute'],
    ['12/11/2022 12:05:09 AM', '2022-12-10T21:05:09.000Z', 'second'],
    ['19. Juni 2019 / 6:16', '2019-06-19T03:16:00.000Z', 'minute'],
    ['12 AM 11 December 2022', '2022-12-10T21:00:00.000Z', 'minute'],
    ['2022. 12. 11. 07:47', '2022-12-11T04:47:00.000Z', 'minute'],
    ['2022年12月11日 07时47分', '2022-12-11T04:47:00.000Z', 'minute'],
    ['2022/12/11(日) 07:47', '2022-12-11T04:47:00.000Z', 'minute'],
    ['２０２２年１２月１１日', '2022-12-10T21:00:00.000Z', 'day'],
    ['११ दिसंबर २०२२', '2022-12-10T21:00:00.000Z', 'day'],
    ['١١ ديسمبر ٢٠٢٢', '2022-12-10T21:00:00.000Z', 'day'],
    ['11.12.2022 07:47', '2022-12-11T04:47:00.000Z', 'minute'],
    ['17.07, 2011 @ 13:04', '2011-07-17T09:04:00.000Z', 'minute'],
    ['07:47 11.12.2022', '2022-12-11T04:47:00.000Z', 'minute'],
    ['11.12.22, 07:47 Uhr', '2022-12-11T04:47:00.000Z', 'minute'],
    ['2022.12.11 07:47', '2022-12-11T04:47:00.000Z', 'minute'],
    ['Le 11/12/2022 à 07h47', '2022-12-11T04:47:00.000Z', 'minute'],
    ['11 дек 2022 07:47', '2022-12-11T04:47:00.000Z', 'minute'],
    ['11 декабря 2022 г. в 07:47', '2022-12-11T04:47:00.000Z', 'minute'],
    ['14:32, 11 декабря 2022', '2022-12-11T11:32:00.000Z', 'minute'],
    ['11 грудня 2022 р. о 07:47', '2022-12-11T04:47:00.000Z', 'minute'],
    ['6. Juni 2015 um 10:23', '2015-06-06T07:23:00.000Z', 'minute'],
    ['1er décembre 2022 à 14h32', '2022-12-01T11:32:00.000Z', 'minute'],
    ['11 de diciembre de 2022, 14:32', '2022-12-11T11:32:00.000Z', 'minute'],
    ['11 dicembre 2022 ore 14:32', '2022-12-11T11:32:00.000Z', 'minute'],
    ['11 de dezembro de 2022 às 14h32', '2022-12-11T11:32:00.000Z', 'minute'],
    ['11 grudnia 2022, 14:32', '2022-12-11T11:32:00.000Z', 'minute'],
    ['11 dec. 2022 om 07:47', '2022-12-11T04:47:00.000Z', 'minute'],
    ['11 Aralık 2022 14:32', '2022-12-11T11:32:00.000Z', 'minute'],
    ['2022. december 11. 7:47', '2022-12-11T04:47:00.000Z', 'minute'],
    ['2022年12月11日 14:32', '2022-12-11T11:32:00.000Z', 'minute'],
    ['2022년 12월 11일 오후 3:04', '2022-12-11T12:04:00.000Z', 'minute'],
    ['11 בדצמבר 2022', '2022-12-10T21:00:00.000Z', 'day'],
    ['Published: 11th of December 2022', '2022-12-10T21:00:00.000Z', 'day'],
    ['Monday, 12.12.2022', '2022-12-11T21:00:00.000Z', 'day'],
    ['11 дек в 14:32', '2022-12-11T11:32:00.000Z', 'minute'],
    ['31 декабря, 23:00', '2021-12-31T20:00:00.000Z', 'minute'],
    ['Dec 11', '2022-12-10T21:00:00.000Z', 'day'],
    ['11 December 2022 07:47 +3', '2022-12-11T04:47:00.000Z', 'minute'],
  ])('%s', (raw, at, precision) => {
    expect(read(raw)).toEqual([at, precision])
  })

  it('reads every month in every language that it knows', () => {
    for (const language of 'en ru uk de fr es it pt pl nl tr be bg cs sk sv nb da ro el ca sl'.split(' ')) {
      for (let month = 1; month <= 12; month += 1) {
        const day = DateTime.utc(2021, month, 9)
        const format = new Intl.DateTimeFormat(`${language}-u-nu-latn`, {
          dateStyle: 'long',
          timeZone: 'UTC',
        })
        const written = format.format(day.toMillis())
        const { at } = parseMoment(written, { ...moscow, timezone: 'UTC', language })
        expect(`${written} ${at?.toISOString()}`).toBe(`${written} ${day.toISO()}`)
      }
    }
  })

  it('lets the language decide what is unclear', () => {
    expect(read('03/04/2022', { language: 'en-US' })[0]).toBe('2022-03-03T21:00:00.000Z')
    expect(read('03/04/2022', { language: 'en' })[0]).toBe('2022-04-02T21:00:00.000Z')
    expect(read('03/04/2022')[0]).toBe('2022-04-02T21:00:00.000Z')
    expect(read('03/04/2022 1:05 pm')[0]).toBe('2022-03-04T10:05:00.000Z')
    expect(read('03/04/2022 1:05 pm', { language: 'en-GB' })[0]).toBe('2022-04-03T10:05:00.000Z')
    expect(read('03/04/2022 13:05')[0]).toBe('2022-04-03T10:05:00.000Z')
    expect(read('03.04.2022', { language: 'en-US' })[0]).toBe('2022-04-02T21:00:00.000Z')
    expect(read('04/13/2022')[0]).toBe('2022-04-12T21:00:00.000Z')
    expect(read('11 listopada 2022', { language: 'hr' })[0]).toBe('2022-10-10T21:00:00.000Z')
    expect(read('11 listopada 2022', { language: 'pl' })[0]).toBe('2022-11-10T21:00:00.000Z')
  })
})

describe('the half of the day, as pages mark it', () => {
  it.each([
    ['ar', '11 ديسمبر 2022 - 3:20 م', '15:20'],
    ['ar', '11/12/2022 03:20 مساءً', '15:20'],
    ['ar', '11/12/2022 03:20 صباحًا', '03:20'],
    ['ar', '11/12/2022 - 12:20 ص', '00:20'],
    ['ar', '11/12/2022 ٣:٢٠ م', '15:20'],
    ['el', '11 Δεκεμβρίου 2022, 3:20 μ.μ.', '15:20'],
    ['el', '11/12/2022 3:20 μμ', '15:20'],
    ['el', '11/12/2022 12:20 Π.Μ.', '00:20'],
    ['fa', '2022/12/11 3:20 ب.ظ', '15:20'],
    ['fa', '2022/12/11 12:20 ق.ظ', '00:20'],
    ['fa', '2022/12/11 3:20 بعدازظهر', '15:20'],
    ['hi', '11/12/2022 3:20 अपराह्न', '15:20'],
    ['hi', '11/12/2022 12:20 पूर्वाह्न', '00:20'],
    ['tr', '11.12.2022 ÖS 3:20', '15:20'],
    ['tr', '11.12.2022 3:20 ÖS', '15:20'],
    ['tr', '11.12.2022 12:20 ÖÖ', '00:20'],
    ['vi', '11/12/2022 3:20 CH', '15:20'],
    ['vi', '11/12/2022 12:20 SA', '00:20'],
    ['vi', '3:20 CH 11/12/2022', '15:20'],
    ['bg', '11.12.2022 3:20 сл.об.', '15:20'],
    ['bg', '11.12.2022 12:20 пр. об.', '00:20'],
    ['sq', '11.12.2022 3:20 MD', '15:20'],
    ['sq', '11.12.2022 12:20 PD', '00:20'],
    ['es', '11/12/2022 3:20 de la tarde', '15:20'],
    ['es', '11/12/2022 9:20 de la mañana', '09:20'],
    ['es', '11/12/2022 9:20 de la noche', '21:20'],
    ['es', '11/12/2022 12:20 de la noche', '00:20'],
    ['pt', '11/12/2022 3:20 da tarde', '15:20'],
    ['en', '11 Dec 2022 12:20 a.m.', '00:20'],
    ['en', '11 Dec 2022 15:20 PM', '15:20'],
    // The same letters in other languages.
    ['de', '11.12.2022 12:20 Sa', '12:20'],
    ['de', '11.12.2022 3:20 CH', '03:20'],
    ['en', '11 Dec 2022 3:20 MD', '03:20'],
  ])('%s: %s', (language, raw, time) => {
    expect(read(raw, { language, timezone: 'UTC' })).toEqual([`2022-12-11T${time}:00.000Z`, 'minute'])
  })

  it('is part of the words of the date, where it is one', () => {
    const found = (text: string, language: string) => {
      const match = findMoment(text, { ...moscow, language })
      return match === null ? null : text.slice(match.index, match.index + match.length)
    }
    expect(found('Αφροδίτη 11/12/2022 3:20 μ.μ. Ωραία', 'el')).toBe('11/12/2022 3:20 μ.μ.')
    expect(found('Lan 11/12/2022 3:20 CH Hay', 'vi')).toBe('11/12/2022 3:20 CH')
    expect(found('Ida 11.12.2022 3:20 CH Schön', 'de')).toBe('11.12.2022 3:20')
  })
})

describe('the half of the day before the time, and parts of the day', () => {
  it.each([
    ['2022.12.11. 오후 3:20', 'ko', '15:20'],
    ['2022.12.11 오후 3:20', 'ko', '15:20'],
    ['2022년 12월 11일 밤 9시 20분', 'ko', '21:20'],
    ['2022年12月11日 晚上8:20', 'zh', '20:20'],
    ['2022年12月11日 凌晨3:20', 'zh', '03:20'],
    ['2022. december 11. du. 3:20', 'hu', '15:20'],
    ['2022. december 11., de. 9:20', 'hu', '09:20'],
    ['2022. 12. 11. 3:20 du.', 'hu', '15:20'],
    ['2022. december 11. délután 3:20', 'hu', '15:20'],
    ['11.12.2022, 3:20 אחה"צ', 'he', '15:20'],
    ['11.12.2022 9:20 לפנה״צ', 'he', '09:20'],
    ['11 בדצמבר 2022 בשעה 15:20', 'he', '15:20'],
    ['১১ ডিসেম্বর ২০২২, বিকাল ৩:২০', 'bn', '15:20'],
    ['১১ ডিসেম্বর ২০২২, সকাল ৯:২০', 'bn', '09:20'],
    ['১১ ডিসেম্বর ২০২২, রাত ৯:২০', 'bn', '21:20'],
    ['১১ ডিসেম্বর ২০২২, রাত ১২:২০', 'bn', '00:20'],
    ['১১ ডিসেম্বর ২০২২, রাত ২:২০', 'bn', '02:20'],
    ['১১ ডিসেম্বর ২০২২, দুপুর ২:২০', 'bn', '14:20'],
    ['11 டிசம்பர் 2022, பிற்பகல் 3:20', 'ta', '15:20'],
    ['11 டிசம்பர் 2022, முற்பகல் 9:20', 'ta', '09:20'],
    ['11 दिसंबर 2022, शाम 6:20', 'hi', '18:20'],
    ['11 Desember 2022 pukul 3.20 sore', 'id', '15:20'],
    ['11 Desember 2022, 9:20 pagi', 'id', '09:20'],
    ['11 Desember 2022, 11:20 siang', 'id', '11:20'],
    ['11 Desember 2022, 1:20 siang', 'id', '13:20'],
    ['11 Desember 2022, 8:20 malam', 'id', '20:20'],
    ['11 Dec 2022, 3:20 sore', 'en', '03:20'],
  ])('%j (%s)', (raw, language, time) => {
    const found = read(raw, { timezone: 'UTC', language })
    expect(found).toEqual([`2022-12-11T${time}:00.000Z`, 'minute'])
  })
})

describe('years of two digits', () => {
  it.each([
    ['ja', '21/03/14 12:34', '2021-03-14'],
    ['ko', '21.03.14 12:34', '2021-03-14'],
    ['zh-CN', '21-03-14 12:34', '2021-03-14'],
    ['hu', '21.03.14 12:34', '2021-03-14'],
    ['sv', '21-03-14 12:34', '2021-03-14'],
    ['ja', '11/12/10 12:34', '2011-12-10'],
    ['ja', '14/03/2021 12:34', '2021-03-14'],
    ['ja', '14/13/21 12:34', null],
    ['ja', '30/12/35 12:34', null],
    ['sv', '14/03/21 12:34', '2021-03-14'],
    ['de', '14.03.21 12:34', '2021-03-14'],
  ])('%s: %s', (language, raw, day) => {
    const [at] = read(raw, { language, timezone: 'UTC' })
    expect(at?.slice(0, 10) ?? null).toBe(day)
  })
})

describe('relative times', () => {
  it.each(['1.5 hours ago', '1,5 часа назад', 'half an hour ago', 'Half a day ago', 'about 2.5 hours ago'])(
    'do not take a part of %s for all of it',
    (raw) => {
      expect(read(raw)).toEqual([null, null])
    },
  )

  it.each([
    ['только что', '2022-12-15T12:00:00.000Z'],
    ['5 минут назад', '2022-12-15T11:55:00.000Z'],
    ['минуту назад', '2022-12-15T11:59:00.000Z'],
    ['2 часа назад', '2022-12-15T10:00:00.000Z'],
    ['год назад', '2021-12-15T12:00:00.000Z'],
    ['2 години тому', '2022-12-15T10:00:00.000Z'],
    ['преди 2 години', '2020-12-15T12:00:00.000Z'],
    ['2 hours ago', '2022-12-15T10:00:00.000Z'],
    ['an hour ago', '2022-12-15T11:00:00.000Z'],
    ['1 hour, 5 minutes ago', '2022-12-15T10:55:00.000Z'],
    ['vor 8 Stunden', '2022-12-15T04:00:00.000Z'],
    ['#1 — vor 8 Stunden', '2022-12-15T04:00:00.000Z'],
    ['il y a 2 heures', '2022-12-15T10:00:00.000Z'],
    ['hace 3 días', '2022-12-12T12:00:00.000Z'],
    ['há 2 dias', '2022-12-13T12:00:00.000Z'],
    ["un'ora fa", '2022-12-15T11:00:00.000Z'],
    ['2 dagen geleden', '2022-12-13T12:00:00.000Z'],
    ['3 godziny temu', '2022-12-15T09:00:00.000Z'],
    ['5 dakika önce', '2022-12-15T11:55:00.000Z'],
    ['2mo', '2022-10-15T12:00:00.000Z'],
    ['5h', '2022-12-15T07:00:00.000Z'],
    ['3d ago', '2022-12-12T12:00:00.000Z'],
  ])('%s', (raw, at) => {
    expect(read(raw)).toEqual([at, 'relative'])
  })

  it.each([
    ['Сегодня, 14:32', '2022-12-15T11:32:00.000Z', 'minute'],
    ['Вчера в 14:32', '2022-12-14T11:32:00.000Z', 'minute'],
    ['позавчера, 14:32', '2022-12-13T11:32:00.000Z', 'minute'],
    ['Today, 14:32', '2022-12-15T11:32:00.000Z', 'minute'],
    ['yesterday at 5:30 pm', '2022-12-14T14:30:00.000Z', 'minute'],
    ['Gestern um 14:32 Uhr', '2022-12-14T11:32:00.000Z', 'minute'],
    ['hier à 14h32', '2022-12-14T11:32:00.000Z', 'minute'],
    ['wczoraj o 14:32', '2022-12-14T11:32:00.000Z', 'minute'],
    ['Yesterday', '2022-12-13T21:00:00.000Z', 'day'],
    ['В понедельник в 14:32', '2022-12-12T11:32:00.000Z', 'minute'],
    ["У п'ятницю у 03:20", '2022-12-09T00:20:00.000Z', 'minute'],
    ['Thursday at 14:32', '2022-12-15T11:32:00.000Z', 'minute'],
    ['Thursday at 15:32', '2022-12-08T12:32:00.000Z', 'minute'],
  ])('%s', (raw, at, precision) => {
    expect(read(raw)).toEqual([at, precision])
  })

  it('counts days in the zone of the site, not in UTC', () => {
    // 23:30 UTC is already the 16th in Moscow.
    expect(read('Сегодня, 01:10', { fetchedAt: new Date('2022-12-15T23:30:00Z') })[0]).toBe(
      '2022-12-15T22:10:00.000Z',
    )
  })

  it('counts months on the calendar', () => {
    expect(read('1 month ago', { fetchedAt: new Date('2022-03-31T12:00:00Z') })[0]).toBe(
      '2022-02-28T12:00:00.000Z',
    )
  })
})

describe('clocks that are set forward and back', () => {
  const london = { timezone: 'Europe/London', fetchedAt: new Date('2024-12-01T00:00:00Z') }
  it('takes the earlier of two', () => {
    expect(read('27 October 2024 01:30', london)[0]).toBe('2024-10-27T00:30:00.000Z')
    expect(read('26 October 2014 01:30')[0]).toBe('2014-10-25T21:30:00.000Z')
  })
  it('goes as far past a gap as asked', () => {
    expect(read('31 March 2024 01:30', london)[0]).toBe('2024-03-31T01:30:00.000Z')
  })
  it('reads a zone that it does not know as UTC', () => {
    expect(read('27 October 2022 01:30', { timezone: 'Mars/Olympus' })[0]).toBe('2022-10-27T01:30:00.000Z')
  })
})

describe('what is no date', () => {
  it.each([
    'December 2022',
    '2022',
    '12 comments 2022',
    'hours ago',
    'hier',
    'для вас',
    '14:32',
    'noon',
    'Monday',

    '31 February 2022',
    '2022-02-30',
    '32.13.2022',
    '192.168.11.2022',
    '99999999999999',
    'Today we won 3 to 2',
    '1/1/1970',
    '1989-12-31',
    '0001-01-01T00:00:00Z',
    '2022-12-16T12:00:01Z',
    '0',
  ])('%s', (raw) => {
    expect(parseMoment(raw, moscow)).toEqual({ at: null, precision: null, raw })
  })

  it('keeps a date up to a day ahead', () => {
    expect(read('2022-12-16T12:00:00Z')).toEqual(['2022-12-16T12:00:00.000Z', 'second'])
  })

  it.each([null, undefined, '', ' \n'])('%j has no words either', (raw) => {
    expect(parseMoment(raw, moscow)).toEqual({ at: null, precision: null, raw: null })
  })

  it('keeps the words, cleaned', () => {
    expect(parseMoment(' 11 December\n2022  07: 47 ', moscow).raw).toBe('11 December 2022 07: 47')
  })
})

describe('findMoment', () => {
  it.each([
    ['spectr (Dmitriy) 11 December 2022 07: 49', '11 December 2022 07: 49', '2022-12-11T04:49:00.000Z'],
    ['Agent 007 11 December 2022 07:49 +3', '11 December 2022 07:49', '2022-12-11T04:49:00.000Z'],
    ['guest Offline guest Today, 10:12 text', 'Today, 10:12', '2022-12-15T07:12:00.000Z'],
    ['Смирнов, Вчера, 14:32 #', 'Вчера, 14:32', '2022-12-14T11:32:00.000Z'],
    ['Ann 5 minutes ago reply', '5 minutes ago', '2022-12-15T11:55:00.000Z'],
    [
      'Ann, Sunday, 11 December 2022 at 07:49 | 3',
      'Sunday, 11 December 2022 at 07:49',
      '2022-12-11T04:49:00.000Z',
    ],
    ['İzmir 😀 Ali 11 Aralık 2022 07:49', '11 Aralık 2022 07:49', '2022-12-11T04:49:00.000Z'],
  ])('%s', (text, words, at) => {
    const found = findMoment(text, moscow)
    expect(text.slice(found?.index, (found?.index ?? 0) + (found?.length ?? 0))).toBe(words)
    expect([found?.at?.toISOString(), found?.raw]).toEqual([at, words])
  })

  it.each(['', 'no date here', 'born in May', 'Today we saw 12 May in the sky', 'room 101, 5h of work'])(
    '%j',
    (text) => {
      expect(findMoment(text, moscow)).toBeNull()
    },
  )
})

describe('properties', () => {
  it('never throws, and what it gives lies in the text and in range', () => {
    const word = fc.constantFrom(
      '11',
      'December',
      '2022',
      '07:47',
      'вчера',
      'назад',
      'vor',
      '5',
      '.',
      '/',
      'Z',
      'at',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(word).map((words) => words.join(' ')),
        ),
        (text) => {
          const found = findMoment(text, moscow)
          if (found !== null) expect(found.index + found.length).toBeLessThanOrEqual(text.length)
          const { at, precision } = parseMoment(text, moscow)
          expect(at === null).toBe(precision === null)
          if (at !== null) expect(at.getTime()).toBeLessThanOrEqual(moscow.fetchedAt.getTime() + 86_400_000)
        },
      ),
    )
  })

  it('reads back every instant that it is given in ISO 8601, whatever the zone', () => {
    const zone = fc.constantFrom('Europe/Moscow', 'America/New_York', 'Asia/Kathmandu', 'UTC')
    const instant = fc.date({ min: new Date('1991-01-01'), max: new Date('2022-12-01'), noInvalidDate: true })
    fc.assert(
      fc.property(instant, zone, (at, timezone) => {
        const local = DateTime.fromJSDate(at, { zone: timezone })
        expect(read(local.toISO() ?? '')).toEqual([at.toISOString(), 'second'])
      }),
    )
  })

  it('reads a full timestamp as it reads one with a fraction, valid or not', () => {
    const part = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values)
    const timestamps = fc.tuple(
      part('0999', '1989', '1990', '2020', '2022', '2031'),
      part('00', '01', '02', '11', '12', '13'),
      part('00', '01', '28', '29', '30', '31', '32'),
      part('00', '09', '23', '24'),
      part('00', '59', '60'),
      part('00', '59', '60', '61'),
      part('Z', '+00:00', '-00:00', '+05:30', '-13:59', '+14:00', '+14:01', '-23:00', '+0300'),
    )
    fc.assert(
      fc.property(timestamps, ([year, month, day, hour, minute, second, offset]) => {
        const moment = `${year}-${month}-${day}T${hour}:${minute}:${second}`
        expect(read(`${moment}${offset}`)).toEqual(read(`${moment}.000${offset}`))
      }),
      { numRuns: 1_000 },
    )
  })

  it('agrees with luxon on civil times of a zone, but for those that clocks show twice', () => {
    const zone = fc.constantFrom('Europe/Moscow', 'America/New_York', 'Europe/London', 'Australia/Sydney')
    const instant = fc.date({ min: new Date('1991-01-01'), max: new Date('2022-12-01'), noInvalidDate: true })
    fc.assert(
      fc.property(instant, zone, (at, timezone) => {
        const local = DateTime.fromJSDate(at, { zone: timezone }).startOf('minute')
        const [earliest] = local.getPossibleOffsets().toSorted((a, b) => a.toMillis() - b.toMillis())
        const { at: readAt } = parseMoment(local.toFormat('dd.MM.yyyy HH:mm'), { ...moscow, timezone })
        expect(readAt?.getTime()).toBe(earliest?.toMillis())
      }),
    )
  })

  it.each([
    '1',
    '1 ',
    'a ',
    '11 dec ',
    '1.',
    ' ',
    '12:',
    'vor 1 ',
    'понедельник ',
    "'",
    'вчера ',
    '2022-12-',
    '\u200D',
  ])(
    'ends on 100,000 characters of %j',
    (unit) => {
      const text = unit.repeat(Math.ceil(100_000 / unit.length))
      expect(() => [findMoment(text, moscow), parseMoment(text, moscow)]).not.toThrow()
    },
    2_000,
  )
})
