import { cleanLine } from '../../normalise/text.ts'
import type { MainText } from './body/main-text.ts'
import { textOf } from './element-text.ts'
import type { Block, PageOutline } from './page-outline.ts'

/** What publishing systems call the pager of one article's text; WordPress: `.page-links`, `.post-page-numbers`. */
const pagerNames =
  /(?:^|[\s_-])(?:post-page-numbers?|page-links?|link-pages|post-?pages|splitnewsnavigation|(?:article|story|post|entry|text|content)[_-]{0,2}(?:pag(?:er|es|ination|inator|ing)|toc)|multi-?page|chapters?-nav\w*)(?:$|[\s_-])/
const otherNames = /(?:^|[\s_-])(?:comments?|kommentare?|cmt)[\w-]*/
const mostLevels = 12
const longestLabel = 60

export interface LinkPlace {
  /** The link stands in a pager that is named as one of an article's text. */
  readonly isPager: boolean
  /** What its `rel` says of the page that it leads to. */
  readonly relation: 'next' | 'prev' | null
  readonly label: string
}

/** Where a link stands; null in comments and in boxes beside the article. */
export function placeOf(link: Block, blocks: readonly Block[]): LinkPlace | null {
  const around = blocksAround(link, blocks)
  if (around.some(isBesideArticle)) return null
  const isPager = around.slice(0, 4).some(({ names }) => names !== '' && pagerNames.test(names))
  const rel = link.node.attribs['rel']?.toLowerCase().split(/\s+/) ?? []
  const relation = rel.includes('next') ? 'next' : rel.includes('prev') ? 'prev' : null
  return { isPager, relation, label: cleanLine(textOf(link.node), longestLabel) ?? '' }
}

/** From the link outwards, as far as the frame of the page. */
function blocksAround(link: Block, blocks: readonly Block[]): Block[] {
  const around: Block[] = []
  let block: Block | undefined = link
  while (block !== undefined && around.length < mostLevels && !frameTags.has(block.node.name)) {
    around.push(block)
    block = blocks[block.parent]
  }
  return around
}

const frameTags: ReadonlySet<string> = new Set(['html', 'body', 'main'])

const isBesideArticle = ({ names, kind, node }: Block): boolean =>
  node.name === 'aside' || kind.isCommentSection || otherNames.test(names)

/** Within the text or right under it: between its end and the link no other section of the page begins. */
export function isNearText({ index }: Block, { headings }: PageOutline, main: MainText | null): boolean {
  const start = main?.roots[0]?.index
  const end = main?.roots.at(-1)?.end
  if (start === undefined || end === undefined) return false
  return index >= start && (index < end || !headings.some((one) => one.index >= end && one.index < index))
}

const numberLabel =
  /^[^\p{L}\p{N}]*(?:(?:page|part|seite|teil|pagina|página|partie|parte|strana|strona|side|sida|sivu|sayfa|pagină|страница|стр|сторінка|часть|第)\W{0,3})?(\d{1,2})[^\p{L}\p{N}]*$/iu
const namedNumberLabel = /^\W*(?:page|part|seite|teil|pagina|página|страница|часть)\W{1,3}(\d{1,2})\b/iu
const nextLabel =
  /^[^\p{L}]*(?:next|continue|continue reading|weiter|weiterlesen|nächste|vor|suivante?|siguiente|seguinte|próxima|avanti|successiva|volgende|nästa|neste|næste|seuraava|następna|další|ďalšia|sonraki|далее|дальше|вперед|вперёд|следующая|наступна|下一页|下一頁|下页|次へ|次のページ|다음)(?:\s+(?:page|part|seite|page|página|pagina|pagina|sida|side|sivu|strona|strana|sayfa|страница|часть|сторінка))?[^\p{L}]*$/iu
const arrowLabel = /^[»›>→⟩▶]{1,2}$/u

/** Whether a link calls itself by the number of the part that it leads to, or says that it goes on there. */
export function isLabelOf(label: string, number: number, step: number): boolean {
  const said = (numberLabel.exec(label) ?? namedNumberLabel.exec(label))?.[1]
  if (said !== undefined) return Number(said) === number
  return step === 1 && (nextLabel.test(label) || arrowLabel.test(label))
}

const wholeLabel =
  /^[^\p{L}]*(?:(?:view|show|read|see)\s+)?(?:(?:as\s+)?(?:a\s+)?single page|(?:(?:it\s+)?all\s+)?on (?:one|a single) page|(?:as\s+)?one page|(?:view|show|read) all(?: pages)?|(?:the\s+)?(?:full|whole|entire) (?:article|story)|(?:den\s+)?(?:ganzen |gesamten |kompletten )?(?:(?:artikel|text|alles|beitrag)\s*)?auf einer seite(?: lesen| anzeigen)?|komplettansicht|sur une seule page|en una (?:sola )?página|em uma (?:só |única )?página|in una (?:sola )?pagina|op één pagina|på en side|på én side|на одной странице|одной страницей|阅读全文|显示全文|全文を読む|1ページで読む)[^\p{L}]*$/iu
const wholeShape =
  /\/(?:komplettansicht|all|single-?page|full|view-?all)\/?$|[?&](?:page|view|seite|pagewanted|paging|pages|art|p)=(?:all|full|komplett|off|single)(?:&|$)|[?&](?:single-?page|show-?all|view-?all|onepage)(?:=(?:1|true|yes|y))?(?:&|$)/i

/** Whether an address looks as if it showed all parts at once. */
export const isWholeAddress = (url: string): boolean => wholeShape.test(url)

/** Whether a link says that it shows all parts at once. */
export const isWholeLabel = (block: Block): boolean =>
  wholeLabel.test(cleanLine(textOf(block.node), longestLabel) ?? '')
