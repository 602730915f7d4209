import type { Block, PageOutline } from '../page-outline.ts'

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

/** Class and id words of comment sections, of many comment systems; a whole word each. */
const commentWords =
  /(?:^|[\s_-])(?:comments?|commentlist|commentform|commentarea|comms?-list|kommentare?|comentarios?|commentaires?|respond|disqus(?:_thread)?|dle-ajax-comments|comm-id-\d+|wp-block-comments|fb-comments|livefyre|hypercomments[\w-]*|cackle|isso-thread|remark42|talkyard|spot-im|openweb)(?:$|[\s_-])/
/** Words that say something about comments on an element that is not a comment section. */
const commentStateWords =
  /(?:has|no|with|allow|show|hide|open|close)-?comments?|comments?-(?:open|closed|count|enabled|disabled)|single-comment|comment-?(?:open|closed)/

const boilerplateWords =
  /(?:^|[\s_-])(?:related\w*|recommend(?:ed|ation|ations)?|recirc\w*|promo\w*|newsletters?|subscri(?:be|ption)\w*|shar(?:e|es|ing)\w*|sharedaddy|addthis\w*|addtoany|a2a|social\w*|side-?bar\w*|widgets?|bread-?crumbs?|author-?(?:bio|box|info|card|meta)|biography|about-?author|byline\w*|dateline|by-?author|post-?meta|entry-?meta|article-?meta|meta|metadata|tags?|tag-?list|post-?tags|taglist|footer|entry-?footer|post-?footer|popular|trending|most-?(?:read|popular|viewed)|read-?(?:more|next|also)|more-?(?:from|news|stories|on)|see-?also|you-?may\w*|also-?like|up-?next|next-?up|outbrain\w*|taboola\w*|ads?|advert\w*|adsbygoogle|ad-?(?:container|wrapper|slot|unit)|banners?|sponsor(?:ed)?|cookies?|consent|gdpr|modals?|pop-?ups?|overlay|toolbar|tools|print|pagination|pager|page-?nav\w*|nav|navbar|navigation|menus?|ratings?|vot(?:e|es|ing)|login|sign-?in|signup|masthead|skip-?link|screen-?reader(?:-text)?|visually-?hidden|sr-only|hidden|noprint|no-print|copyright|disclaimer|donat(?:e|ion)\w*|poll|quiz|teasers?|carousel|slider|slideshow|gallery|thumbnails?|follow|yarpp\w*|jp-relatedposts|credits?|kicker|eyebrow|tooltip|dropdown|trc_\w*|berrors?)(?:$|[\s_-])/

/** Words of advertisements, which outweigh all others: "banner-full-story" is no story. */
const advertWords =
  /(?:^|[\s_-])(?<!(?:has|no|with|without|hide)[_-])(?:banners?|advert\w*|adsbygoogle|adfox\w*|yandex_rtb\w*)(?:$|[\s_-])/

/** Words of the container of the text itself, which outweigh those of boilerplate. */
const bodyWords =
  /(?:article|story|post|entry|news|page|full|main)[_-]?(?:body|content|text|copy)|articlebody|storybody|(?:^|[\s_-])(?:body|content|main|prose|full-?story|fulltext)(?:$|[\s_-])/

/** True for an element that holds a comment section, by its class or id. */
export function isCommentSection(names: string): boolean {
  return names !== '' && commentWords.test(names) && !commentStateWords.test(names)
}

/** True for a class or id that article texts are usually put under. */
export const isBodyName = (names: string): boolean =>
  names !== '' && bodyWords.test(names) && !isAdvertName(names)

const isAdvertName = (names: string): boolean => names !== '' && advertWords.test(names)

/** Layers that ask for consent, by the names that their makers give them: their text can be longer than the article's. */
const isConsentName = (names: string): boolean => names !== '' && consentWords.test(names)

const consentWords =
  /(?:^|[\s_-])(?:consent|cookie-?(?:consent|banner|notice|wall|layer|law|policy)\w*|gdpr\w*|onetrust\w*|didomi\w*|qc-cmp\w*|usercentrics\w*|sp_message\w*|truste\w*|iubenda\w*|cookiebot\w*|cybot\w*|fc-consent\w*)(?:$|[\s_-])/

/** Posts of social networks within a text belong to it. */
const isEmbedName = (names: string): boolean => /embed|twitter-tweet|instagram-media/.test(names)

/** True for a class or id that things around an article's text are usually put under. */
export const isBoilerplateName = (names: string): boolean =>
  names !== '' && (boilerplateWords.test(names) || advertWords.test(names))

/** True for a class or id of the words under a picture. */
export const isCaptionName = (names: string): boolean => names !== '' && captionWords.test(names)

const captionWords = /(?:^|[\s_-])(?:caption\w*|img-desc|image-credit|photo-credit)(?:$|[\s_-])/

/** True for a class or id of a line with the author or date. */
export const isBylineName = (names: string): boolean => names !== '' && bylineWords.test(names)

const bylineWords =
  /(?:^|[\s_-])(?:dates?|dateline|datetime|time|timestamp|published|posted|posted-on|by-?lines?|authors?|autor|updated)(?:$|[\s_-])/

/** True for a line that says who may comment, sign in or subscribe, or how to report a mistake: no part of the article. */
export function isNotice(text: string): boolean {
  return (commentNotice.test(text) && accountNotice.test(text)) || mistakeNotice.test(text)
}

const mistakeNotice =
  /(?:ошибк|опечатк|помилк|памылк|mistake|misprint|typo|error|fehler|erreur|błąd|errore|chyb)[^]{0,200}\bctrl\s?\+\s?enter\b/i

const commentNotice =
  /comment|коммент|kommentar|comentar|commentaire|commentar|komentar|komentář|yorum|コメント|评论|評論|댓글/i
const accountNotice =
  /sign in|log ?in|logged in|register|guests?\b|войти|войдите|авториз|зарегистр|группе гости|увійти|anmelden|einloggen|registrier|connect(?:er|ez)|inscri|inici(?:ar|e|a) sesi|acced|zaloguj|giriş yap|ログイン|登录|登錄|登入|로그인/i

/** True for a line that only leads to another page. */
export const isPromotion = (text: string): boolean => promotion.test(text)

const promotion =
  /^[[(►▶»>•*–—-]? ?(?:read (?:more|also|next|the full)|also read|see (?:also|more)|related(?: (?:articles?|stories|news|posts?|content|topics?))?\s*:|more (?:on|from|about) |watch\s*:|recommended|don't miss|click here|sign up|subscribe|follow us|читайте (?:также|ещё|еще)|смотрите также|по теме|подписывайтесь|lesen sie auch|mehr zum thema|lire aussi|à lire|lea también|lee también|leia (?:também|mais)|leggi anche|lees ook|läs (?:också|även|mer)|les også|czytaj (?:także|też|również)|zobacz (?:także|też)|関連記事|相关阅读|延伸閱讀)/i

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
  const { node, names } = block
  if (frameTags.has(node.name)) return false
  if (isForeign(names) && !around.holdsHeadline) return true
  if (around.isLarge) return false
  if (neverTextTags.has(node.name) || isHidden(block) || isLandmark(node.attribs['role'])) return true
  if (node.name === 'form') return inputs > 0 || !around.holdsHeadline
  return isAdvertName(names) || (around.strictness === 'strict' && isAroundText(names))
}

/** Not the publisher's own words, however many they are. */
const isForeign = (names: string): boolean => isCommentSection(names) || isConsentName(names)

const isAroundText = (names: string): boolean =>
  isBoilerplateName(names) && !isBodyName(names) && !isEmbedName(names)

function isHidden({ node }: Block): boolean {
  if (node.attribs['hidden'] !== undefined || node.attribs['aria-hidden'] === 'true') return true
  const style = node.attribs['style']
  return style !== undefined && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style)
}

const isLandmark = (role: string | undefined): boolean =>
  role !== undefined &&
  /^(?:navigation|complementary|contentinfo|search|dialog|alertdialog|menu|menubar|toolbar)$/.test(role)
