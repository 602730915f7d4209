import type { Article } from './article.ts'

/** What titles of such pages say, in the languages of most news pages. */
const wording = new RegExp(
  [
    String.raw`(?<![\d.,])404(?![\d.,%])`,
    "not (?:be )?found|no longer (?:exists?|available)|does ?n[o’']?t exist|page (?:is )?(?:missing|unavailable)",
    "nicht (?:mehr )?(?:gefunden|verfügbar)|introuvable|non trouvée?|n[’']existe (?:pas|plus)",
    'no (?:se ha )?encontrad[ao]|no existe|não (?:foi )?encontrad[ao]|non (?:è stata )?trovat[ao]|niet gevonden',
    'не ?найден|не ?знайден|не існує|не существует|nie (?:została )?znalezion|nenalezen|nenájden|nem található',
    'bulunamadı|hittades inte|(?:ble )?ikke (?:fundet|funnet)|ei löyt|δεν βρέθηκε|nije pronađen|ne postoji|nu (?:a fost găsit|există)',
    '見つかりません|找不到|不存在|찾을 수 없|غير موجود|לא נמצא|tidak ditemukan|không tìm thấy',
  ].join('|'),
  'iu',
)

const enoughAlike = 0.8

/** Whether a title says that there is no such page. Reports on missing things say so too, hence only a suspicion. */
export const saysNotFound = (title: string | null): boolean => title !== null && wording.test(title)

/** Whether two pages say the same, but for a few words such as the address that was asked for. */
export function isSameNotice(
  one: Pick<Article, 'title' | 'bodyText'>,
  other: Pick<Article, 'title' | 'bodyText'>,
): boolean {
  const first = wordsOf(one)
  const second = wordsOf(other)
  if (first.size === 0 || second.size === 0) return false
  const common = [...first].filter((word) => second.has(word)).length
  return (2 * common) / (first.size + second.size) >= enoughAlike
}

const wordsOf = ({ title, bodyText }: Pick<Article, 'title' | 'bodyText'>): Set<string> =>
  new Set(`${title ?? ''} ${bodyText}`.toLowerCase().match(/[\p{L}\p{N}]+/gu))
