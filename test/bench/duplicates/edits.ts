import type { Random } from '../../../src/demo/random.ts'

/** What others make of an article when they print it. */
export const editKinds = ['cut', 'lede', 'boilerplate', 'style', 'all'] as const

export type EditKind = (typeof editKinds)[number]

/** Words of a text without those between spaces that hold no letter. */
export const countWords = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0

/**
 * One edit of a text.
 * - `cut`: its first half to nine tenths.
 * - `lede`: the first quarter at most written anew: other order, every third word another.
 * - `boilerplate`: what a site puts before and after all its articles, up to a third of the text.
 * - `style`: every thirtieth word another, other quotation marks and dashes.
 * - `all`: six tenths of it, with the lede written anew, in the style and with the boilerplate of another site.
 * @param others words to put in place of the text's own.
 */
export function editText(text: string, kind: EditKind, random: Random, others: readonly string[]): string {
  switch (kind) {
    case 'cut':
      return cut(text, 0.5 + random.next() * 0.4)
    case 'lede':
      return rewriteLede(text, random, others)
    case 'boilerplate':
      return frame(text, random)
    case 'style':
      return restyle(text, random, others)
    case 'all':
      return frame(rewriteLede(restyle(cut(text, 0.6), random, others), random, others), random)
  }
}

function cut(text: string, share: number): string {
  const passages = passagesOf(text)
  const most = countWords(text) * share
  const kept = [passages[0] ?? '']
  let words = countWords(kept[0] ?? '')
  for (const passage of passages.slice(1)) {
    words += countWords(passage)
    if (words > most) break
    kept.push(passage)
  }
  return kept.join('\n\n')
}

function rewriteLede(text: string, random: Random, others: readonly string[]): string {
  const words = text.split(/(?<=\s)/)
  const lede = Math.min(Math.ceil(words.length / 4), 60)
  const written = random
    .sample(words.slice(0, lede), lede)
    .map((word, index) => (index % 3 === 0 ? `${random.pick(others)} ` : word))
  return [...written, ...words.slice(lede)].join('')
}

function restyle(text: string, random: Random, others: readonly string[]): string {
  return text
    .split(/(?<=\s)/)
    .map((word) => (random.chance(1 / 30) ? `${random.pick(others)} ` : word))
    .join('')
    .replaceAll(/[“”„«»]/g, '"')
    .replaceAll(/ [–—-] /g, ', ')
}

/** A text that is one long paragraph is taken by its sentences. */
function passagesOf(text: string): string[] {
  const paragraphs = text.split(/\n+/).filter((paragraph) => paragraph.trim() !== '')
  return paragraphs.length > 3 ? paragraphs : text.split(/(?<=[.!?。！？])\s*/u).filter((part) => part !== '')
}

function frame(text: string, random: Random): string {
  const most = countWords(text) / 3
  const fitting = boilerplates.filter((boilerplate) => countWords(boilerplate) <= most)
  const after = random.pick(fitting.length === 0 ? boilerplates.slice(0, 1) : fitting)
  return `${random.pick(prefixes)} ${text}\n\n${after}`
}

const prefixes = [
  'LORN (Agency) —',
  'From our own correspondent:',
  'Reading time: 4 minutes.',
  'Updated at 17:45.',
  'ЛОРН, 2 марта.',
]

const boilerplates = [
  'Subscribe to our newsletter.',
  'Follow us on social media and never miss a story again.',
  'This article first appeared elsewhere and is published here with permission of its owner. All rights reserved.',
  'Do you have a tip for our newsroom? Write to us in confidence; the address is on the contact page. We answer every letter.',
  'The views in this article are those of its author alone, and do not have to be those of the editors, the publisher or the owners of this paper, who take no responsibility for them.',
  'Support independent journalism: for the price of a coffee a week you read everything, without advertisements, on all of your devices, and you make sure that others can read it too. Cancel whenever you like.',
  'Мы в социальных сетях: подписывайтесь на наши каналы, чтобы узнавать о главном первыми. При использовании материалов ссылка на источник обязательна.',
  'Lesen Sie auch, was gestern geschah. Alle Artikel zum Thema finden Sie in unserem Dossier, das wir laufend ergänzen. Fragen und Hinweise nimmt die Redaktion gern entgegen.',
]
