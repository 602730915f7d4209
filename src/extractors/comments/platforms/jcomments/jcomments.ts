import { z } from 'zod'
import { type Searchable, selector } from '../../../selector.ts'
import { parseHtml } from '../../../page.ts'
import { text } from '../../json/fields.ts'
import { jsonOf } from '../../json/read-json.ts'
import { refusal, unread, unreadable } from '../../answers.ts'
import { lineOf } from '../../nodes.ts'
import type { Answer, Ask, Batch, CommentPlatform, Thread } from '../../platform.ts'
import { printedPlatform } from '../../printed/printed-platform.ts'
import { form } from './form.ts'

const printed = printedPlatform(form)

/**
 * JComments, the comments of many Joomla sites: printed into the article, or the page of them that the site shows
 * first. The others come as its own script asks for them, as JSON with HTML in a call of that script.
 */
export const jcomments: CommentPlatform = { ...printed, read }

function read(answer: Answer, asked: Ask, thread: Thread): Batch {
  if (asked.note === undefined) return readArticle(answer, asked, thread)
  const reason = refusal(answer)
  if (reason !== null) return unread(reason)
  const html = htmlOf(answer)
  if (html === null) throw unreadable(jcomments.name, answer)
  return printed.read({ ...answer, text: `<div class="comments-list">${html}</div>` }, asked, thread)
}

function readArticle(answer: Answer, asked: Ask, thread: Thread): Batch {
  if (refusal(answer) !== null) return printed.read(answer, asked, thread)
  const document = answer.document ?? parseHtml(answer.text)
  const next = otherPages(document, thread)
  return { ...printed.read({ ...answer, document }, asked, thread), next }
}

const links = selector('[onclick*="jcomments.showPage"]')
const call = /jcomments\.showPage\(\s*'?(\d+)'?\s*,\s*['"`](\w+)['"`]\s*,\s*(\d+)/
const places = selector('.activepage')

interface ShownPages {
  readonly object: string
  readonly group: string
  readonly last: number
}

/** The button to refresh the list calls for page 0. */
function otherPages(page: Searchable, { pageUrl }: Thread): Ask[] {
  let found: ShownPages = { object: '', group: '', last: 0 }
  for (const { attribs } of links.all(page)) {
    const [, object = '', group = '', number = '0'] = call.exec(attribs['onclick'] ?? '') ?? []
    if (Number(number) > found.last) found = { object, group, last: Number(number) }
  }
  const shown = shownPage(page)
  const last = Math.min(Math.max(found.last, shown ?? 0), mostPages)
  if (found.object === '') return []
  return Array.from({ length: last }, (_, index) => index + 1)
    .filter((number) => number !== shown)
    .map((number) => askPage(found, number, pageUrl))
}

/** As many as the paging loop follows. */
const mostPages = 1000

function shownPage(page: Searchable): number | null {
  for (const { children } of places.all(page)) {
    const digits = /\d+/.exec(lineOf(children) ?? '')?.[0]
    if (digits !== undefined) return Number(digits)
  }
  return null
}

function askPage({ object, group }: ShownPages, page: number, pageUrl: string): Ask {
  return {
    url: new URL('/index.php?option=com_jcomments&tmpl=component', pageUrl).href,
    method: 'POST',
    accept: 'json',
    form: { jtxf: 'JCommentsShowPage', 'jtxa[0]': object, 'jtxa[1]': group, 'jtxa[2]': String(page) },
    note: { step: 'page', page: String(page) },
  }
}

const calls = z.array(z.object({ d: text }))
const update = /jcomments\.updateList\(\s*'((?:[^'\\]|\\.)*)'/s

/** `[{ n: 'js', d: "jcomments.updateList('…', 'r');" }]`, the text with backslashes before quotes and for line breaks. */
function htmlOf(answer: Answer): string | null {
  const parsed = calls.safeParse(jsonOf(answer))
  if (!parsed.success) return null
  for (const { d: script } of parsed.data) {
    const html = update.exec(script)?.[1]
    if (html !== undefined) return html.replace(/\\(.)/gs, (_, sign: string) => escapes[sign] ?? sign)
  }
  return null
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '', t: ' ' }
