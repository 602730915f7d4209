import type { AnyNode } from 'domhandler'
import { isElement, isWords } from '../../elements.ts'
import { isBlockTag, isUnreadTag, nextOutside } from '../element-text.ts'
import type { Block } from '../page-outline.ts'

/** What the words of a short passage tell of it, in many languages: each a sign of things around an article's text. */
const signs: readonly RegExp[] = [
  // Asks the reader to do something: subscribe, follow, click, install.
  /newsletter|sign(?:ing)? ?up|subscri|(?:your|in) inbox|follow (?:us|him|her|me|@|\w+ on )|click (?:here|on)|download (?:the|our) app|app store|google (?:play|news)|whatsapp|telegram[- ]|e-?paper|clique|haga clic|cliquez|klicken sie|hier klicken|abonnier|abonne[zr]|abónate|suscríb|assine|inscreva|iscriviti|подпи[сш]|рассылк|читайте|购读|購読|フォロー|订阅|訂閱|关注|關注|abone ol|prenumer|tilmeld/i,
  // Asks to load what others serve, or tells of data protection.
  /extern\w{0,3} inhalt|external content|contenus? externes?|contenido externo|contenuti? estern|drittplattform|third[- ]party (?:content|service)|personenbezogene daten|datenschutz|privacy (?:policy|settings)|cookie|javascript (?:is|aktivier)|enable javascript|einverstanden, dass/i,
  // Names who made a picture.
  /\bimage:|\(image|getty|shutterstock|istock|\bafp\b|\bap photo|reuters\/|\bimago\b|picture[- ]alliance|\bfoto:|\bfotos?\b.{0,20}(?:©|:)|\bphotos?(?:graph)?(?: by|:|\/)|\bbild:|credit:|courtesy of|撮影|提供|фото[: ]|©/i,
  // Names who wrote it, or what it came from.
  /^(?:additional )?(?:reporting|writing|editing) by|contributed to this|staff writer|is a (?:senior |staff )?(?:reporter|writer|journalist|editor|researcher|professor)|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos|originally (?:appeared|published)|first published|affiliate commission|do not necessarily reflect/i,
  // An address to write to or a number to call.
  /\S@[^\s@]{1,255}\.\w|\+\d[\d ()-]{7,}|\(\d{3}\) ?\d{3}-\d{4}/,
]

/** One number for each sign: 1 where the passage shows it. */
export const wordSigns = (text: string): readonly number[] => signs.map((sign) => (sign.test(text) ? 1 : 0))

export const noWordSigns: readonly number[] = signs.map(() => 0)

/** What a heading says of the passages under it. */
const headings: readonly RegExp[] = [
  // Who wrote or published it, where to turn to, and other articles.
  /^(?:about (?:the |our |us\b|\p{Lu})|related|recommended|read (?:more|next|also)|more (?:from|on|stories|news|in|like)|most (?:read|popular|viewed)|trending|popular|latest|you (?:may|might)|further reading|see also|references?$|sources?\b|footnotes|notes?\b|(?:media |press |investor )?contacts?\b|(?:the )?authors?\b|written by|share|tags|topics|categories|(?:our )?newsletter|subscribe|sign up|follow|comments?\b|leave a|join|disclaimer|disclosure|forward[- ]looking|copyright|editor.s (?:note|picks)|get (?:started|in touch)|don.t miss|mehr (?:zu|aus|von)|lesen sie|das könnte|über (?:den|die|das|uns)|zur person|à propos|sur le même|lire aussi|à lire|sobre (?:el|la|o|a|os) |relacionad|te puede|leia|veja|potrebbe|leggi|читайте|по теме|об автор|zobacz|czytaj|läs |lue |関連|相关|相關|推荐)/iu,
  // The article in short, or what is in it.
  /^(?:key (?:takeaways|points|facts|findings|highlights)|highlights|at a glance|in (?:brief|short|this (?:article|story|guide|post))|(?:table of )?contents|summary|tl;?dr|what to know|the gist|quick (?:links|summary)|jump to|kort fortalt|(?:das wichtigste|zusammenfassung|auf einen blick|inhalt|darum geht)|l.essentiel|en bref|sommaire|en resumen|claves|índice|resumo|in sintesi|главное|кратко|коротко|inhoud|samenvatting|sammanfattning|sammendrag)/iu,
]

/** One number for each kind of heading: 1 where it is of this kind. */
export const headingSigns = (text: string): readonly number[] =>
  headings.map((kind) => (kind.test(text) ? 1 : 0))

/** The words of a passage, taken apart when they are first asked for. */
export class PassageWords {
  readonly length: number
  readonly #text: string
  #words: readonly string[] | null = null

  constructor(text: string) {
    this.#text = text
    this.length = text.length
  }

  get all(): readonly string[] {
    return (this.#words ??= wordsOf(this.#text))
  }
}

/** Compares passages with a text, such as the title, whose words are taken apart once. */
export function likenessTo(other: string | null): (passage: PassageWords) => number {
  if (other === null) return () => 0
  const words = new Set(wordsOf(other))
  const { least, most } = { least: other.length / 2 - 5, most: other.length * 2 + 10 }
  /** Share of words in common, of a passage about as long; 0 for others, which can't say the same. */
  return (passage) => {
    if (passage.length < least || passage.length > most) return 0
    const shared = passage.all.filter((word) => words.has(word))
    if (shared.length === 0) return 0
    return new Set(shared).size / Math.max(1, new Set(passage.all).size, words.size)
  }
}

/** Nearly all texts are of such characters only, and letters are found far quicker among few kinds. */
const western = /^[\0-ÿ‐-‧€]*$/
const westernWord = /[\da-zª²³µ¹º¼-¾ß-öø-ÿ]+/g
const anyWord = /[\p{L}\p{N}]+/gu

function wordsOf(text: string): readonly string[] {
  const small = text.toLowerCase()
  return small.match(western.test(small) ? westernWord : anyWord) ?? []
}

const endings = new Map<number, number>()
for (const [kind, characters] of [
  [4, '.。।۔'],
  [3, '!?！？؟'],
  [2, '"”»“)」'],
  [-1, '…'],
  [-2, ':：'],
] as const) {
  for (const character of characters) endings.set(character.charCodeAt(0), kind)
}

/** How surely a sentence ends: 4 full stop, 3 other stops, 2 quotation mark or bracket, below 0 where it goes on. */
export const endKind = (code: number): number => endings.get(code) ?? 0

/** 1 digit, 2 straight quotation mark, 3 other sign, 4 small Latin letter, 0 any other letter. */
export function startKind(code: number): number {
  if (code >= 48 && code <= 57) return 1
  if (code >= 97 && code <= 122) return 4
  if (code >= 128 || (code >= 65 && code <= 90)) return 0
  return code === 0x22 || code === 0x27 ? 2 : 3
}

/** The text of a passage, each element of its flow read once; a line break where something else stands in it. */
export function passageText(passage: Block): string {
  let text = ''
  const { node: root } = passage
  let node: AnyNode | null = root.firstChild
  while (node !== null) {
    let inside: AnyNode | null = null
    if (isWords(node)) text += node.data
    else if (isElement(node)) {
      if (isBlockTag(node.name) || isUnreadTag(node.name) || node.name === 'br') text += '\n'
      else inside = node.firstChild
    }
    node = inside ?? nextOutside(node, root)
  }
  return text.trim()
}
