import { matchesOf } from './matches.ts'

/** What a byline says that somebody did: wrote the text, edited it, or helped otherwise. */
type Deed = 'writer' | 'editor' | 'helper'

const deeds: Readonly<Record<Deed, string>> = {
  writer:
    'words|text[eo]?s?|test[oi]|teksti?|текст[иы]?|reporting|writing|story|report(?:er|aje)|authors?|autor|auteur|autore|автор|文字?|取材|構成|執筆|聞き手|作者|撰文|采写|採訪|采访|记者|記者|글|نص|כתב[הו]?',
  editor: 'editors?|edición|edição|redaktor|редактор(?:ка)?|编辑|編輯|责编|責編|责任编辑|責任編輯|編集|편집',
  helper: [
    'photo(?:s|graph(?:s|y|er|ers|ies?|es?)?)?|pictures?|images?|illustrations?|videos?|vid[ée]os?|vídeos?|graphics?|art(?:work)?|design|translation|production|research|additional\\s(?:reporting|research)',
    'fotos?|fotograf(?:ie|ien|en|in|er|o|a|ía|ías|ia|ie)?|bilde?r?|grafik(?:en)?|illustrationen|übersetzung|traduction|traducción|tradução|traduzione|ilustraci(?:ón|ones)|ilustraç(?:ão|ões)|illustrazion[ei]|immagini',
    'zdjęci[ae]|fot\\.?|ilustracj[ae]|фото(?:граф(?:ии|ія|ії)?)?|иллюстраци[ия]|видео|инфографика|перевод|світлин[аи]|відео|переклад|fotoğraf(?:lar)?|görsel|kamera|fotografer|penerjemah',
    'تصوير|صورة?|ترجمة|צילומ?ים|צילום|फोटो|तस्वीर|图片?|圖片?|摄影?|攝影?|写真|撮影|イラスト|動画|翻訳|视频|翻译|校对|审核|사진|영상|그래픽|일러스트',
  ].join('|'),
}

const helped =
  'edited|editing|updated|reviewed|fact[ -]check(?:ed|ing)|translated|illustrated|photographed|produced|designed'
const word = `(?:${Object.values(deeds).join('|')})`
const joint = '(?:\\s?[・·/／&＆,、+]\\s?|\\s(?:and|und|et|y|e|i|и|og|och|en|ve)\\s)'
const end =
  '(?:\\s?[:：|｜=＝]\\s?|(?<=[\\p{Lo}])\\s?[/／]\\s?|\\s(?:by|von|par|por)\\s{1,2}(?=\\p{Lu}|\\p{Lo}))'

/** "Text and photos by", "Фото:", "取材・文＝", "글·사진 " before names in a line. */
const mark = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:(?<deeds>${word}(?:${joint}${word}){0,4})${end}|(?<korean>(?:글|사진)(?:[·,]\\s?(?:글|사진))?)\\s(?=[가-힣]{2,4}(?:\\s|$))|(?:medically\\s)?(?:${helped})\\sby\\s|courtesy\\s(?:of\\s)?(?=\\p{Lu}))`,
  'giu',
)
/** One of those is in every mark, and in few lines: far cheaper to look for. */
const mayBeMarked = /[:：|｜=＝/／]|\s(?:by|von|par|por)\s|courtesy|글|사진/iu
const onlyDeeds = new RegExp(`^(?<deeds>${word}(?:${joint}${word}){0,4})$`, 'iu')
const kinds = (['writer', 'editor'] as const).map(
  (deed) => [deed, new RegExp(`(?:^|${joint})(?:${deeds[deed]})(?:$|${joint})`, 'iu')] as const,
)

/** Where the names of those who helped end. */
const separator = /[;|•·\n]/u
/** Stands between two parts of a line and belongs to neither. */
const between =
  /(?<![\s,;/|&(（[【·+–—-])(?:[\s,;/|&(（[【·+–—-]|(?<=\p{L}{3})\.|(?<=[\s,])(?:with|and|und|mit|et|avec|y|con|e|и)(?=\s?$))+$/iu

/**
 * The parts of a byline that name who wrote the text: of "Text: Ann Lee. Photos: Bob Stone" the first, without its label.
 * Editors count where nobody else is named.
 */
export function writersIn(line: string): string[] {
  if (!mayBeMarked.test(line)) return isSaid(line) ? [line] : []
  const parts: Record<Deed, string[]> = { writer: [], editor: [], helper: [] }
  let deed: Deed = 'writer'
  let start = 0
  const add = (end: number): void => {
    const text = line.slice(start, end)
    const cut = deed === 'helper' ? text.search(separator) : -1
    if (cut >= 0) parts.writer.push(text.slice(cut + 1))
    else parts[deed].push(end < line.length ? text.replace(between, '') : text)
  }
  for (const match of matchesOf(mark, line)) {
    add(match.index)
    deed = deedOf(match.groups ?? {})
    start = match.index + match[0].length
  }
  add(line.length)
  const writers = parts.writer.filter(isSaid)
  return writers.length > 0 ? writers : parts.editor.filter(isSaid)
}

const isSaid = (text: string): boolean => /\p{L}/u.test(text)

function deedOf({ deeds: named, korean }: Readonly<Record<string, string | undefined>>): Deed {
  const words = named ?? korean ?? ''
  return kinds.find(([, pattern]) => pattern.test(words))?.[0] ?? 'helper'
}

/** True for what stands in brackets behind a name and says that it wrote no text: "Fotos". */
export function isHelp(words: string): boolean {
  const named = onlyDeeds.exec(words)?.groups
  return named !== undefined && deedOf(named) === 'helper'
}
