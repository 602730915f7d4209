interface HalfOfDay {
  /** Source of a pattern, without the dot at the mark's end. */
  readonly mark: string
  readonly isAfternoon: boolean
  /** At noon, 11 is before 12 and 1 after it; at night, 9 is of the evening and 2 of the morning. */
  readonly around?: 'noon' | 'night'
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
  { mark: 'सुबह', isAfternoon: false },
  { mark: 'शाम', isAfternoon: true },
  { mark: 'दोपहर', isAfternoon: true, around: 'noon' },
  // Turkish
  { mark: 'öö', isAfternoon: false },
  { mark: 'ös', isAfternoon: true },
  // Bulgarian
  { mark: 'пр\\.?\\s?об', isAfternoon: false },
  { mark: 'сл\\.?\\s?об', isAfternoon: true },
  // Spanish and Portuguese
  { mark: 'd(?:e\\sl)?a\\s(?:mañana|manhã|madrugada)', isAfternoon: false },
  { mark: 'd(?:e\\sl)?a\\starde', isAfternoon: true },
  { mark: 'd(?:e\\sl)?a\\s(?:noche|noite)', isAfternoon: true, around: 'night' },
  // Vietnamese
  { mark: 'sa', isAfternoon: false, language: 'vi' },
  { mark: 'ch', isAfternoon: true, language: 'vi' },
  // Albanian
  { mark: 'pd', isAfternoon: false, language: 'sq' },
  { mark: 'md', isAfternoon: true, language: 'sq' },
  // Hungarian
  { mark: 'de', isAfternoon: false, language: 'hu' },
  { mark: 'du', isAfternoon: true, language: 'hu' },
  { mark: 'délelőtt|reggel', isAfternoon: false },
  { mark: 'délután|este', isAfternoon: true, language: 'hu' },
  // Hebrew
  { mark: 'לפנה["״]צ|בבוקר', isAfternoon: false },
  { mark: 'אחה["״]צ|אחר\\sהצהריים|בערב', isAfternoon: true },
  // Bengali, the last of Hindi too
  { mark: 'সকাল|ভোর|এএম', isAfternoon: false },
  { mark: 'বিকাল|বিকেল|সন্ধ্যা|পিএম', isAfternoon: true },
  { mark: 'দুপুর', isAfternoon: true, around: 'noon' },
  { mark: 'রাত|रात', isAfternoon: true, around: 'night' },
  // Tamil
  { mark: 'முற்பகல்', isAfternoon: false },
  { mark: 'பிற்பகல்', isAfternoon: true },
  // Indonesian
  { mark: 'pagi', isAfternoon: false, language: 'id' },
  { mark: 'siang', isAfternoon: true, around: 'noon', language: 'id' },
  { mark: 'sore', isAfternoon: true, language: 'id' },
  { mark: 'malam', isAfternoon: true, around: 'night', language: 'id' },
  // Chinese, Japanese and Korean, always before the time
  { mark: '上午|午前|오전|凌晨|早上|새벽', isAfternoon: false },
  { mark: '下午|午後|오후|傍晚', isAfternoon: true },
  { mark: '中午', isAfternoon: true, around: 'noon' },
  { mark: '晚上|밤', isAfternoon: true, around: 'night' },
]

const readers = halves.map(({ mark, isAfternoon, around, language }) => ({
  pattern: new RegExp(`^(?:${mark})$`, 'iu'),
  isAfternoon,
  around,
  language: language ?? null,
}))

/** Source of a pattern: the marks of a half of the day that may stand after a time of day. */
export const marksAfterTime = halves.map(({ mark }) => mark).join('|')

/** As `marksAfterTime`, before a time. */
export const marksBeforeTime =
  '上午|下午|午前|午後|오전|오후|凌晨|早上|中午|傍晚|晚上|새벽|밤|सुबह|शाम|दोपहर|रात|öö|ös|d[eu]|délelőtt|reggel|délután|este|সকাল|ভোর|বিকাল|বিকেল|সন্ধ্যা|দুপুর|রাত|முற்பகல்|பிற்பகல்'

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
  if (half.around === 'noon' && hour >= 10) return hour
  if (half.around === 'night' && (hour === 12 || hour < 5)) return hour % 12
  return (hour % 12) + (half.isAfternoon ? 12 : 0)
}
