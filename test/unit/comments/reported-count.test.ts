import { describe, expect, it } from 'vitest'
import { countInCounter, countInHeading } from '../../../src/extractors/comments/marks/reported-count.ts'

describe('countInHeading', () => {
  it.each([
    ['3 thoughts on “The 10 best harbours”', 3],
    ['One thought on “Rates”', 1],
    ['Ein Kommentar zu Frühling', 1],
    ['1,041 Comments', 1041],
    ['1 204 комментария', 1204],
    ['Комментарии (47)', 47],
    ['Comments: 12', 12],
    ['0 comments', 0],
    ['Yorumlar (12)', 12],
    ['12 kommentarer', 12],
    ['Leserkommentare (12)', 12],
    ['Diskussion (12)', 12],
    ['Diskuse (12 příspěvků)', 12],
    ['12 réactions', 12],
    ['12 reader comments', 12],
    ['Comments – 12', 12],
    ['12 Meinungen', 12],
    ['Komentáře (12)', 12],
    ['Kommentit (12)', 12],
    ['12 kommenttia', 12],
    ['Hozzászólások (12)', 12],
    ['12 comentarii', 12],
    ['Σχόλια (12)', 12],
    ['١٢ تعليق', 12],
    ['التعليقات (12)', 12],
    ['12 תגובות', 12],
    ['12 टिप्पणियाँ', 12],
    ['12条评论', 12],
    ['全部评论 12', 12],
    ['12件のコメント', 12],
    ['コメント12件', 12],
    ['댓글 12개', 12],
    ['评论 2024年6月', null],
    ['Comments – 10 best harbours', null],
    ['12 Diskussionen', null],
    ['Laisser un commentaire', null],
    ['Leave a comment', null],
    ['10 things I wish I knew', null],
    ['uncommented 5', null],
  ])('%s', (text, count) => {
    expect(countInHeading(text)).toBe(count)
  })

  it('takes a number alone from a counter only', () => {
    expect(countInCounter(' 1 204 ')).toBe(1204)
    expect(countInHeading('1 204')).toBeNull()
  })
})
