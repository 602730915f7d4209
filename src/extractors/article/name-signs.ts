import { type WeightRange, weightRange } from './body/name-words.ts'

/** What a name says of the element that has it; each is one bit. */
export const signs = {
  comments: 1,
  commentState: 2,
  consent: 4,
  advert: 8,
  body: 16,
  boilerplate: 32,
  embed: 64,
  caption: 128,
  byline: 256,
  unshown: 512,
  shownSomewhere: 1024,
  apart: 2048,
} as const

/** What the names of an element say together. */
export interface NameSigns extends WeightRange {
  readonly bits: number
}

const noSigns: NameSigns = { bits: 0, least: 0, most: 0 }

/** A power of two; more than the pages of one site have names. */
const places = 4_096
/** Names come back in ever new combinations. At each place the last of the names with its sum of letters is kept. */
const keptNames: string[] = Array.from({ length: places }, () => '')
const keptSigns: NameSigns[] = Array.from({ length: places }, () => noSigns)

/** @param names lower-cased, parted by white space. */
export function signsOf(names: string): NameSigns {
  let { bits, least, most } = noSigns
  for (let start = 0, end = 0; start < names.length; start = end + 1) {
    let sum = 0
    end = start
    for (let code = names.charCodeAt(end); end < names.length && code !== 32; code = names.charCodeAt(++end))
      sum = (Math.imul(31, sum) + code) | 0
    const own = signsOfName(names, start, end, (sum ^ (sum >>> 12)) & (places - 1))
    bits |= own.bits
    if (own.least < least) least = own.least
    if (own.most > most) most = own.most
  }
  return { bits, least, most }
}

function signsOfName(names: string, start: number, end: number, place: number): NameSigns {
  const kept = keptNames[place] ?? ''
  if (kept.length === end - start && names.startsWith(kept, start)) return keptSigns[place] ?? noSigns
  const name = names.slice(start, end)
  const { least, most } = weightRange(name)
  const bits = bitsOf(name)
  const found = bits === 0 && least === 0 && most === 0 ? noSigns : { bits, least, most }
  keptNames[place] = ownCopy(name)
  keptSigns[place] = found
  return found
}

function bitsOf(name: string): number {
  let bits = 0
  for (const { any, bySign } of groups) {
    if (any.test(name)) for (const [sign, words] of bySign) if (words.test(name)) bits |= sign
  }
  return bits
}

/** A piece of a text keeps the whole text in memory: here, the source of the page. */
const ownCopy = (piece: string): string => ` ${piece}`.slice(1)

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

const consentWords =
  /(?:^|[\s_-])(?:consent|cookie-?(?:consent|banner|notice|wall|layer|law|policy)\w*|gdpr\w*|onetrust\w*|didomi\w*|qc-cmp\w*|usercentrics\w*|sp_message\w*|truste\w*|iubenda\w*|cookiebot\w*|cybot\w*|fc-consent\w*)(?:$|[\s_-])/

const captionWords = /(?:^|[\s_-])(?:caption\w*|img-desc|image-credit|photo-credit)(?:$|[\s_-])/

const bylineWords =
  /(?:^|[\s_-])(?:dates?|dateline|datetime|time|timestamp|published|posted|posted-on|by-?lines?|authors?|autor|updated)(?:$|[\s_-])/

const embedWords = /embed|twitter-tweet|instagram-media/

/** Classes of style sheets that many share: not shown to readers, or on no paper. */
const unshownWords =
  /^(?:hidden|is-hidden|u-hidden|d-none|sr-only|visually-?hidden|screen-reader-text|hidden-print|d-print-none|no-?print)$/

/** … but on screens of some width (Tailwind, Bootstrap). */
const shownSomewhereWords = /^(?:(?:2?xs|sm|md|lg|2?xl|print):|d-(?:sm|md|lg|xx?l|print)-(?!none))/

/** Boxes that blogging software and its extensions put below a text: who wrote it, how it may be reprinted. */
const apartWords =
  /^(?:saboxplugin-wrap|abh_box|m-a-box|molongui-author-box|pp-multiple-authors-boxes-wrapper|ts-fab-wrapper|republication-tracker-tool(?:-modal)?|(?:post-|entry-|article-)?author-?(?:box|bio)|about-author)$/

type SignWords = readonly [sign: number, words: RegExp]

/** Most names have no word of a group: it is asked for as one. The first is of words that many names have. */
const signGroups: readonly (readonly SignWords[])[] = [
  [
    [signs.body, bodyWords],
    [signs.boilerplate, boilerplateWords],
    [signs.byline, bylineWords],
  ],
  [
    [signs.comments, commentWords],
    [signs.commentState, commentStateWords],
    [signs.consent, consentWords],
    [signs.advert, advertWords],
    [signs.embed, embedWords],
    [signs.caption, captionWords],
    [signs.unshown, unshownWords],
    [signs.shownSomewhere, shownSomewhereWords],
    [signs.apart, apartWords],
  ],
]

const groups = signGroups.map((bySign) => ({
  any: new RegExp(bySign.map(([, { source }]) => source).join('|')),
  bySign,
}))
