import type { Element } from 'domhandler'
import { isElement } from '../../elements.ts'
import type { ElementKind } from '../element-kind.ts'
import type { Block, PageOutline } from '../page-outline.ts'
import { isEmbedNotice } from './embed-notice.ts'

/** Sums over whole subtrees by block index, without what was dropped. Text is in columns. */
export interface Measured {
  readonly text: Int32Array
  readonly linkText: Int32Array
  /** Text in blocks long enough to be sentences. */
  readonly prose: Int32Array
  /** List items. */
  readonly items: Int32Array
  /** Form fields. */
  readonly inputs: Int32Array
  /** 1 for blocks that are no part of an article's text; their subtrees go with them. */
  readonly dropped: Uint8Array
}

/** How readily elements are dropped: `strict` goes by names too, `lenient` only by tags and marks of comments and adverts. */
export type Strictness = 'strict' | 'lenient'

const proseColumns = 80
/** Elements with a larger share of the page's sentences than this are kept, whatever they are called. */
const keptShare = 0.3

const neverTextTags = new Set([
  'nav',
  'aside',
  'footer',
  'dialog',
  'menu',
  'button',
  'label',
  'canvas',
  'audio',
  'video',
  'fieldset',
])
const frameTags = new Set(['html', 'body', 'main', 'article'])

/**
 * True for a line that says who may comment, sign in or subscribe, how to report a mistake, or that what others serve is
 * not shown before the reader agrees: no part of the article.
 */
export function isNotice(text: string): boolean {
  return (
    (commentNotice.test(text) && accountNotice.test(text)) || mistakeNotice.test(text) || isEmbedNotice(text)
  )
}

const mistakeNotice =
  /(?:ошибк|опечатк|помилк|памылк|mistake|misprint|typo|error|fehler|erreur|błąd|chyb)[^]{0,200}\bctrl\s?\+\s?enter\b/i

const commentNotice =
  /comment|коммент|kommentar|comentar|commentaire|commentar|komentar|komentář|yorum|コメント|评论|評論|댓글/i
const accountNotice =
  /sign in|log ?in|logged in|register|guests?\b|войти|войдите|авториз|зарегистр|группе гости|увійти|anmelden|einloggen|registrier|connect(?:er|ez)|inscri|inici(?:ar|e|a) sesi|acced|zaloguj|giriş yap|ログイン|登录|登錄|登入|로그인/i

/** True for a line that only leads to another page. */
export const isPromotion = (text: string): boolean => promotion.test(text)

const promotion =
  /^[[(►▶»>•*–—-]? ?(?:read (?:more|also|next|the full)|also read|see (?:also|more)|related(?: (?:articles?|stories|news|posts?|content|topics?))?\s*:|more (?:on|from|about) |watch\s*:|recommended|don't miss|sign up|subscribe|follow us|читайте (?:также|ещё|еще)|смотрите также|по теме|подписывайтесь|lesen sie auch|mehr zum thema|lire aussi|à lire|lea también|lee también|leia (?:também|mais)|leggi anche|lees ook|läs (?:också|även|mer)|les også|czytaj (?:także|też|również)|zobacz (?:także|też)|関連記事|相关阅读|延伸閱讀)/i

/** Sums up subtrees from the innermost out, leaving out what is no part of an article's text. */
export function measureBlocks(outline: PageOutline, strictness: Strictness): Measured {
  const { blocks } = outline
  const measured = ownMeasures(blocks)
  const sums = [measured.text, measured.linkText, measured.prose, measured.items, measured.inputs]
  const allProse = measured.prose.reduce((sum, length) => sum + length, 0)
  const headline = outline.headings.find((heading) => heading.node.name === 'h1')?.index ?? -1
  for (const block of blocks.toReversed()) {
    const { index, parent } = block
    const isLarge = (measured.prose[index] ?? 0) > allProse * keptShare
    const holdsHeadline = headline > index && headline < block.end
    if (isDropped(block, measured.inputs[index] ?? 0, { isLarge, holdsHeadline, strictness })) {
      measured.dropped[index] = 1
    } else if (parent >= 0) {
      for (const sum of sums) sum[parent] = (sum[parent] ?? 0) + (sum[index] ?? 0)
    }
  }
  return measured
}

function ownMeasures(blocks: readonly Block[]): Measured {
  const column = (): Int32Array => new Int32Array(blocks.length)
  const measured: Measured = {
    text: column(),
    linkText: column(),
    prose: column(),
    items: column(),
    inputs: column(),
    dropped: new Uint8Array(blocks.length),
  }
  for (const block of blocks) {
    const { index, node } = block
    const prose = block.flowText - block.flowLinkText
    measured.text[index] = block.ownText
    measured.linkText[index] = block.isInLink ? block.ownText : 0
    measured.prose[index] = prose >= proseColumns ? prose : 0
    measured.items[index] = node.name === 'li' ? 1 : 0
    measured.inputs[index] = node.name === 'input' || node.name === 'textarea' ? 1 : 0
  }
  return measured
}

interface Surroundings {
  readonly isLarge: boolean
  readonly holdsHeadline: boolean
  readonly strictness: Strictness
}

function isDropped(block: Block, inputs: number, around: Surroundings): boolean {
  const { node, kind } = block
  if (frameTags.has(node.name)) return false
  if (isForeign(block) && !around.holdsHeadline) return true
  if (around.isLarge) return false
  if (neverTextTags.has(node.name) || isHidden(block) || isLandmark(node.attribs['role'])) return true
  if (node.name === 'form') return inputs > 0 || !around.holdsHeadline
  return kind.isAdvert || (around.strictness === 'strict' && isAroundText(kind))
}

/** Not the publisher's own words, however many they are. */
const isForeign = ({ kind, node }: Block): boolean =>
  kind.isConsent || (kind.isCommentSection && !isInCode(node))

const codeTags = new Set(['pre', 'code'])
/** Elements of a line, and of words in it, at most. */
const deepestInCode = 4

/** Programs that colour code call its comments by that name. */
function isInCode({ name, parent }: Element): boolean {
  if (name !== 'span') return false
  let around = parent
  for (let level = 0; level < deepestInCode && around !== null; level++) {
    if (isElement(around) && codeTags.has(around.name)) return true
    around = around.parent
  }
  return false
}

const isAroundText = ({ isBoilerplate, isBody, isEmbed }: ElementKind): boolean =>
  isBoilerplate && !isBody && !isEmbed

function isHidden({ node }: Block): boolean {
  if (node.attribs['hidden'] !== undefined || node.attribs['aria-hidden'] === 'true') return true
  const style = node.attribs['style']
  return style !== undefined && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style)
}

const isLandmark = (role: string | undefined): boolean =>
  role !== undefined &&
  /^(?:navigation|complementary|contentinfo|search|dialog|alertdialog|menu|menubar|toolbar)$/.test(role)
