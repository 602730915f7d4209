import type { Element } from 'domhandler'
import { selector } from '../../selector.ts'
import { idIn } from '../printed/ids.ts'
import { printedPlatform } from '../printed/printed-platform.ts'

const posts = selector('tr.comtr')
const frame = selector('#hnmain, .comment-tree')
const indents = selector('td.ind')
const widths = selector('.ind img')
const pixelsOfLevel = 40

/** Hacker News: rows of one table, a reply's depth in the indentation before it. */
export const hackerNews = printedPlatform({
  name: 'hacker-news',
  usualTimezone: 'UTC',
  isHere: ({ elements }) => posts.first(elements) !== null && frame.first(elements) !== null,
  boxes: posts,
  idOf: idIn(/^(\d+)$/),
  levelOf: (box) => {
    const named = Number(indents.first(box)?.attribs['indent'] ?? Number.NaN)
    if (Number.isSafeInteger(named)) return named
    const width = Number(widths.first(box)?.attribs['width'] ?? 0)
    return Number.isFinite(width) ? Math.round(width / pixelsOfLevel) : 0
  },
  author: [selector('.hnuser')],
  times: [selector('.age')],
  timeOf,
  body: [selector('.commtext'), selector('.comment')],
  apart: selector('.reply, script, style'),
  anchor: '',
  opening: {
    box: selector('.fatitem'),
    author: [selector('.hnuser')],
    times: [selector('.age')],
    timeOf,
    body: [selector('.toptext')],
  },
  pages: { links: selector('a.morelink'), number: /([?&]p=)(\d+)/, first: 1 },
})

const ages = selector('.age')

function timeOf(box: Element): string | null {
  return ages.first(box)?.attribs['title']?.split(' ')[0]?.concat('Z') ?? null
}
