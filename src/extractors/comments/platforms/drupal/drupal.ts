import type { Element } from 'domhandler'
import { prevElementSibling } from 'domutils'
import { findMoment } from '../../../../normalise/date.ts'
import type { IndexedPage } from '../../../element-index.ts'
import { selector } from '../../../selector.ts'
import { lineOf } from '../../nodes.ts'
import { firstId, idBelow, idIn } from '../../printed/ids.ts'
import { ancestorsOfClass } from '../../printed/levels.ts'
import { printedPlatform } from '../../printed/printed-platform.ts'
import { submissions, timeOf } from './time.ts'

const described = selector('[typeof~="sioct:Comment"], [typeof~="schema:Comment"]')
const posts = selector(
  '[typeof~="sioct:Comment"], [typeof~="schema:Comment"], .js-comment, article.comment, div.comment, li.comment',
)
const place = selector(
  '#comments.comment-wrapper, section.comment-wrapper, .field--name-comment, form.comment-form[action*="/comment/reply"]',
)
const generator = selector(
  'meta[name="Generator"][content*="Drupal"], meta[name="generator"][content*="Drupal"]',
)
const settings = selector(
  '[data-drupal-selector], script[src*="/misc/drupal.js"], a[href*="/comment/reply/"]',
)

function isHere({ elements, html }: IndexedPage): boolean {
  if (described.first(elements) !== null) return true
  if (posts.first(elements) === null && place.first(elements) === null) return false
  return (
    generator.first(elements) !== null ||
    settings.first(elements) !== null ||
    /drupalSettings|Drupal\.settings|\/sites\/(?:default|all)\/(?:files|themes|modules)\//.test(html)
  )
}

/** Drupal prints the anchor of a comment before it, its number in links, and in the address that RDFa is about. */
const idOf = firstId(
  idIn(/^comment-(\d+)$/),
  idIn(/(?:#comment-|\/comment\/)(\d+)/, 'about'),
  idBefore,
  idIn(/^(\d+)$/, 'data-comment-id'),
  idBelow(selector('a[href*="#comment-"]'), /#comment-(\d+)$/, 'href'),
  idBelow(selector('a[id^="comment-"]'), /^comment-(\d+)$/, 'id'),
  idBelow(
    selector('a[href*="/comment/reply/"]'),
    /^(?=[^?#]*\/comment\/reply\/)[^?#]*\/(\d+)(?:[?#]|$)/,
    'href',
  ),
  idBelow(selector('[id^="comment-reply-form-"]'), /^comment-reply-form-(\d+)$/, 'id'),
)

function idBefore(box: Element): string | null {
  const before = prevElementSibling(box)
  return before?.name === 'a' ? (/^comment-(\d+)$/.exec(before.attribs['id'] ?? '')?.[1] ?? null) : null
}

const replyMarks = selector('[rel~="sioc:reply_of"]')

/** RDFa names the article, and on replies the comment too. */
function parentOf(box: Element): string | null {
  for (const { attribs } of replyMarks.all(box)) {
    const id = /#comment-(\d+)$/.exec(attribs['resource'] ?? '')?.[1]
    if (id !== undefined) return id
  }
  return null
}

const introductions =
  /^(?:submitted|posted|written|published|verfasst|eingereicht|gespeichert|geschrieben|soumis|publié|posté|écrit|enviado|publicado|escrito|geplaatst|ingediend|inviato|pubblicato|scritto|skrevet|отправлено|опубликовано)?\s?(?:by|von|par|por|door|da|av|af)?\s/iu

/** "Submitted by Ann Lee on Sat, 11/13/2010 - 12:00": a theme without an element for the name. */
function authorOf(box: Element): string | null {
  for (const submission of submissions.all(box)) {
    const line = lineOf(submission) ?? ''
    const moment = findMoment(line, { timezone: 'UTC', fetchedAt: new Date('2100-01-01T00:00:00Z') })
    const words = moment === null ? '' : line.slice(0, moment.index)
    const name = words
      .replace(introductions, '')
      .replace(/(?<![\s,:|–—-])[\s,:|–—-]+$/u, '')
      .replace(/(?<![\s,|–—-])[\s,|–—-]*\s(?:on|am|le|el|il|op|den)$/iu, '')
    if (name.trim() !== '') return name
  }
  return null
}

/** Drupal 6 and later: by its own classes, or where a theme drops them by its RDFa; replies in `.indented`. */
export const drupal = printedPlatform({
  name: 'drupal',
  isHere,
  place,
  boxes: posts,
  idOf,
  parentOf,
  levelOf: (box) => ancestorsOfClass('indented', box),
  author: [
    selector('.username, [typeof~="sioc:UserAccount"]'),
    selector('[property~="foaf:name"], span[property~="schema:name"], a[property~="schema:name"]'),
    selector('.comment__author, .comment-author, .commenter-name, .comment-name, .author-name'),
    selector('.submitted a[href*="/user"], .submitted strong, .comment__submitted a, .submitted em'),
    selector('.author'),
  ],
  authorOf,
  nameEnding:
    /(?:(?<!\s)\s+)?\((?:not verified|nicht überprüft|nicht verifiziert|non vérifié|no verificado|niet gecontroleerd|non verificato|não verificado|niezweryfikowany|ikke bekreftet|ikke verificeret|не проверено|не перевірено|visitor|gast|visiteur|invité)\)$/iu,
  timeOf,
  times: [
    selector(
      '[property~="dc:created"], [property~="dc:date"], [property~="schema:dateCreated"], [property~="schema:datePublished"]',
    ),
    selector('time'),
    selector(
      '.comment__time, .comment-time, .comment-date, .comment__date, .submitted, .comment__submitted, .comment-submitted',
    ),
    selector('.date, .created, .comment-meta, .comment__meta, [class*="date"], [class*="time"]'),
    selector('[class*="date"] [title], [class*="time"] [title], [class*="when"] [title]'),
    selector('footer, header'),
  ],
  body: [
    selector(
      '.field--name-comment-body, .field-name-comment-body, [property~="content:encoded"], [property~="schema:text"]',
    ),
    selector('.comment__text-wrapper, .comment-text .content, .comment__content .content, .comment__body'),
    selector('.content, .comment-content, .comment__content'),
    selector('.comment-body, .comment-text, .text-formatted'),
  ],
  apart: selector(
    '.field-label, .field__label, .links, .comment-links, .comment__links, .user-signature, .submitted, .comment__submitted, .rdf-meta, ' +
      '.permalink, h3, script, style',
  ),
  anchor: 'comment-',
  count: selector('.comment-count, .comments-count, #comments > h2, .comments__title, .comment-wrapper > h2'),
  pages: {
    links: selector('.pager a[href], .pagination a[href], .item-list .pager a[href]'),
    number: /([?&]page=)(\d+)(?=$|[&#])/,
    first: 0,
    current: selector('.pager-current, .pager__item--current, .pager__item.is-active'),
  },
})
