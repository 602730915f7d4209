import type { Element } from 'domhandler'
import { nameWeight } from './body/name-words.ts'

/**
 * What the tag, class and id of an element say of it. A page repeats few combinations over and over, and so do the
 * pages of a site: elements alike share one kind, and each is worked out once.
 */
export interface ElementKind {
  /** Tells kinds apart. */
  readonly serial: number
  /** Lower-cased class and id. */
  readonly names: string
  /** Holds a comment section. */
  readonly isCommentSection: boolean
  /** Asks for consent: the text of such layers can be longer than the article's. */
  readonly isConsent: boolean
  readonly isAdvert: boolean
  /** Article texts are usually put under it. */
  readonly isBody: boolean
  /** Things around an article's text are usually put under it. */
  readonly isBoilerplate: boolean
  /** A post of a social network: within a text it belongs to it. */
  readonly isEmbed: boolean
  /** The words under a picture. */
  readonly isCaption: boolean
  /** A line with the author or date. */
  readonly isByline: boolean
  /** What the names say by the trained weights: above 0, that articles' text is found under them. */
  readonly weight: number
}

const longestNames = 500
/** Beyond so many, kinds are worked out anew from the next page on: memory stays flat over many sites. */
const mostKinds = 20_000
const known = new Map<string, ElementKind>()

/** To be called before the first element of a page: no kind changes within it. */
export function beginPage(): void {
  if (known.size > mostKinds) known.clear()
}

let serial = 0

export function kindOf({ name, attribs }: Element): ElementKind {
  const { class: classes = '', id = '' } = attribs
  const key = classes === '' && id === '' ? name : `${name} ${classes} ${id}`
  const kept = known.get(key)
  if (kept !== undefined) return kept
  const names = `${classes} ${id}`.slice(0, longestNames).toLowerCase().trim()
  const kind = { serial: (serial += 1), names, ...(names === '' ? unnamed : signsOf(names)) }
  known.set(key, kind)
  return kind
}

type Signs = Omit<ElementKind, 'serial' | 'names'>

const unnamed: Signs = {
  isCommentSection: false,
  isConsent: false,
  isAdvert: false,
  isBody: false,
  isBoilerplate: false,
  isEmbed: false,
  isCaption: false,
  isByline: false,
  weight: 0,
}

function signsOf(names: string): Signs {
  const isAdvert = advertWords.test(names)
  return {
    isCommentSection: isCommentSection(names),
    isConsent: consentWords.test(names),
    isAdvert,
    isBody: bodyWords.test(names) && !isAdvert,
    isBoilerplate: isAdvert || boilerplateWords.test(names),
    isEmbed: embedWords.test(names),
    isCaption: captionWords.test(names),
    isByline: bylineWords.test(names),
    weight: nameWeight(names),
  }
}

const isCommentSection = (names: string): boolean =>
  commentWords.test(names) && !commentStateWords.test(names)

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
