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

  it.each([
    ['राम कुमार, नई दिल्ली', ['राम कुमार']],
    ['أحمد علي - القاهرة', ['أحمد علي']],
    ['القاهرة – أحمد علي', ['أحمد علي']],
    ['أحمد علي، القاهرة', ['أحمد علي']],
    ['Ann Lee, New York', ['Ann Lee']],
    ['Mehmet Yılmaz / Ankara', ['Mehmet Yılmaz']],
    ['Anna Schmidt/dpa', ['Anna Schmidt']],
    ['ORF.at/Agenturen', ['ORF.at']],
    ['Ann Lee in Berlin and Bob Stone in Paris', ['Ann Lee', 'Bob Stone']],
    ['Von Anna Schmidt, Berlin, und Peter Müller, Paris', ['Anna Schmidt', 'Peter Müller']],
    ['Ann Lee, AFP', ['Ann Lee']],
    ['Ann Lee, Associated Press', ['Ann Lee']],
    ['Ann Lee for The Guardian', ['Ann Lee']],
    ['By Ann Lee, for the Daily Mail', ['Ann Lee']],
    ['By Ann Lee | Special to The Times', ['Ann Lee']],
    ['Ann Lee and agencies', ['Ann Lee']],
    ['Guardian staff and agencies', ['Guardian staff']],
    ['Physicians Committee for Responsible Medicine', ['Physicians Committee for Responsible Medicine']],
    ['Eliz - Product marketer', ['Eliz', 'Product marketer']],
  ])('of %j leaves out places and newsrooms', (raw, expected) => {
    expect(cleanAuthors([raw])).toEqual(expected)
  })

  it.each([
    ['Текст: Анна Петрова, Борис Иванов. Фото: Олег Сидоров', ['Анна Петрова', 'Борис Иванов']],
    ['Фото: Олег Сидоров. Текст: Анна Петрова', ['Анна Петрова']],
    ['Автор: Анна Петрова Редактор: Борис Иванов', ['Анна Петрова']],
    ['Text und Foto: Anna Schmidt', ['Anna Schmidt']],
    ['Anna Schmidt (Text) und Peter Müller (Fotos)', ['Anna Schmidt']],
    ['Texto y fotos: Juan Pérez', ['Juan Pérez']],
    ['Texte : Jean Dupont Photos : Marie Curie', ['Jean Dupont']],
    ['Tekst: Jan Kowalski, zdjęcia: Anna Nowak', ['Jan Kowalski']],
    ['Reported by Ann Lee; Editing by Bob Stone', ['Ann Lee']],
    ['(Reporting by Ann Lee and Carl Wood in Berlin; Editing by Bob Stone)', ['Ann Lee', 'Carl Wood']],
    ['By Ann Lee. Photographs by Bob Stone', ['Ann Lee']],
    ['Ann Lee, with additional reporting by Bob Stone', ['Ann Lee']],
    ['文/张三 图/李四', ['张三']],
    ['取材・文=山田太郎', ['山田太郎']],
    ['文・写真／山田太郎', ['山田太郎']],
    ['记者：李明 编辑：王芳', ['李明']],
    ['글 김철수 사진 이영희', ['김철수']],
  ])('of %j names who wrote the text', (raw, expected) => {
    expect(cleanAuthors([raw])).toEqual(expected)
  })

  it.each([
    ['記者 李明／台北報導', ['李明']],
    ['記者李明、王小明／綜合報導', ['李明', '王小明']],
    ['本报记者 李明 王芳', ['李明', '王芳']],
    ['新华社记者李明', ['李明']],
    ['山田太郎記者', ['山田太郎']],
    ['山田 太郎', ['山田 太郎']],
    ['김철수 기자', ['김철수']],
    ['김철수 기자, 이영희 기자', ['김철수', '이영희']],
    ['(서울=연합뉴스) 김철수 기자', ['김철수']],
    ['Dr. Ann Lee, MD, PhD', ['Dr. Ann Lee']],
    ['Ann Lee, Staff Writer, and Bob Stone, Staff Writer', ['Ann Lee', 'Bob Stone']],
    ['Ann Lee Political Correspondent', ['Ann Lee']],
    ['Martin King, Jr.', ['Martin King Jr.']],
    ['Par Jean Dupont, envoyé spécial à Kiev', ['Jean Dupont']],
  ])('of %j takes off what somebody is', (raw, expected) => {
    expect(cleanAuthors([raw])).toEqual(expected)
  })

  it.each([
    ['von Anna Schmidt und Peter Müller', ['Anna Schmidt', 'Peter Müller']],
    ['Por Juan Pérez y María Gómez', ['Juan Pérez', 'María Gómez']],
    ['Di Mario Rossi e Anna Bianchi', ['Mario Rossi', 'Anna Bianchi']],
    ['محمد حسن وأحمد علي', ['محمد حسن', 'أحمد علي']],
    ['محمد أحمد وليد حسن', ['محمد أحمد وليد حسن']],
    ['أحمد علي، منى سعيد', ['أحمد علي', 'منى سعيد']],
    ['दीपक शर्मा और सीमा वर्मा', ['दीपक शर्मा', 'सीमा वर्मा']],
    ['דני כהן ויוסי לוי', ['דני כהן', 'יוסי לוי']],
  ])('parts %j at "and"', (raw, expected) => {
    expect(cleanAuthors([raw])).toEqual(expected)
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
