interface HalfOfDay {
  /** Source of a pattern, without the dot at the mark's end. */
  readonly mark: string
  readonly isAfternoon: boolean
  /** Of letters that mean other things elsewhere: "Sa" is a German Saturday. */
  readonly language?: string
}

const halves: readonly HalfOfDay[] = [
  { mark: 'a\\.?\\s?m', isAfternoon: false },
  { mark: 'p\\.?\\s?m', isAfternoon: true },
  // Arabic
  { mark: 'صباح\\u064B?ا?\\u064B?|قبل\\sالظهر|ص', isAfternoon: false },
  { mark: 'مساء\\u064B?ا?\\u064B?|بعد\\sالظهر|م', isAfternoon: true },
  // Persian
  { mark: 'ق\\.?\\s?ظ|قبل[\\s\\u200C]?از[\\s\\u200C]?ظهر', isAfternoon: false },
  { mark: 'ب\\.?\\s?ظ|بعد[\\s\\u200C]?از[\\s\\u200C]?ظهر', isAfternoon: true },
  // Greek
  { mark: 'π\\.?\\s?μ', isAfternoon: false },
  { mark: 'μ\\.?\\s?μ', isAfternoon: true },
  // Hindi
  { mark: 'पूर्वाह्न', isAfternoon: false },
  { mark: 'अपराह्न', isAfternoon: true },
  // Turkish
  { mark: 'öö', isAfternoon: false },
  { mark: 'ös', isAfternoon: true },
  // Bulgarian
  { mark: 'пр\\.?\\s?об', isAfternoon: false },
  { mark: 'сл\\.?\\s?об', isAfternoon: true },
  // Spanish and Portuguese
  { mark: 'd(?:e\\sl)?a\\s(?:mañana|manhã|madrugada)', isAfternoon: false },
  { mark: 'd(?:e\\sl)?a\\s(?:tarde|noche|noite)', isAfternoon: true },
  // Vietnamese
  { mark: 'sa', isAfternoon: false, language: 'vi' },
  { mark: 'ch', isAfternoon: true, language: 'vi' },
  // Albanian
  { mark: 'pd', isAfternoon: false, language: 'sq' },
  { mark: 'md', isAfternoon: true, language: 'sq' },
  // Chinese, Japanese and Korean, always before the time
  { mark: '上午|午前|오전', isAfternoon: false },
  { mark: '下午|午後|오후', isAfternoon: true },
]

const readers = halves.map(({ mark, isAfternoon, language }) => ({
  pattern: new RegExp(`^(?:${mark})$`, 'iu'),
  isAfternoon,
  language: language ?? null,
}))

/** Source of a pattern: the marks of a half of the day that may stand after a time of day. */
export const marksAfterTime = halves.map(({ mark }) => mark).join('|')

/** As `marksAfterTime`, before a time. */
export const marksBeforeTime = '上午|下午|午前|午後|오전|오후|öö|ös'

/**
 * The hour of the day that is `hour` of the half with this mark: 3 "pm" is 15.
 * @returns null where the mark means something else in the language.
 */
export function hourInHalf(hour: number, mark: string, language: string | null): number | null {
  const spoken = language?.split('-')[0] ?? null
  const half = readers.find(
    (reader) => (reader.language === null || reader.language === spoken) && reader.pattern.test(mark),
  )
  if (half === undefined) return null
  // Who writes "15:20 PM" counts to 24.
  if (hour > 12) return hour
  // "12 de la noche" is midnight.
  const isAfternoon = half.isAfternoon && !(hour === 12 && /noche|noite/iu.test(mark))
  return (hour % 12) + (isAfternoon ? 12 : 0)
}
