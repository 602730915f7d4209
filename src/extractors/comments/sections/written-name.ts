import { findMoment, type MomentContext } from '../../../normalise/date.ts'
import { cleanLine } from '../../../normalise/text.ts'
import { plainSigns } from './dates.ts'

const buttons =
  /^(?:reply|antworten|responder|répondre|rispondi|ответить|beantworten|permalink|link|share|teilen|edit|quote|zitieren|report|melden|like|gefällt mir|show more|more|mehr|(?:kommentar |comment )?(?:melden|report|flag)\W*|follow|copy link|cancel reply|view post)$/iu
const ranks =
  /^(?:says|sagt|dit|on|am|guest|op|member|members|admin(?:istrator)?|moderator|author|autor|staff|global moderator|offline|online|user|comment|kommentar|registered|junior member|senior member|active member|well-known member|new member|thread starter|op|posts?(?: #\d+.*)?|thread|original poster|joined|likes|banned|suspended|deleted|verified)$/iu

/** What is printed where a name might stand: a button, a rank. */
export const isNoName = (words: string): boolean => isButton(words) || ranks.test(words)

/** Where a name is sure to stand, "guest" and "admin" are names. */
export const isButton = (words: string): boolean => buttons.test(words)

const introduction =
  /^(?:(?:comment|kommentar|trackback|pingback|posted|post|geschrieben|written|gepostet|verfasst|eingetragen|escrito|publicado|publié|reply|автор)\s+(?:#\s?\d+\s+)?(?:by|von|par|por|от|di|da)|by|par|por|от)\s*:?\s+(?=\S)|^(?:von|di|da)\s*:\s*|^(?:автор|author|autor|name)\s*:\s*/iu
/** Written small, they introduce a name; "Di Marco" and "Von Trapp" are names. */
const smallIntroduction = /^(?:von|di|da)\s+(?=\S)/u
const saysWords =
  /(?:(?<!\s)\s+(?:says|said|sagt|sagte|meint|meinte|schreibt|schrieb|a dit|a écrit|dit|dice|diz|escribió|dijo|disse|ha scritto|пишет|говорит|сказал|wrote|writes|posted|replied|(?:has )?commented|zegt|zei|schreef|pisze|napisał(?:\(a\)|a)?|píše|skrev|skriver|säger|sier|siger|sanoo|kirjoitti|dedi ki|on|am|at|le|el|op|um|vor)){1,3}\s*[:.…]*\s*$/iu
/** What stands between the start of a line and the date that it begins with, and between that date and the name. */
const beforeDate =
  /^[^\p{L}\p{N}]*(?:(?:posted|written|published|geschrieben|publié|publicado|escrito)\s*)?(?:on|le|am|el|il|em|op|den)?[^\p{L}\p{N}]*$/iu
const saysBefore =
  /^(?:wrote|said|writes|says|schrieb|schreibt|sagte|meinte|schreef|zei|escribió|dijo|disse|skrev)\s+(?=\S)/iu
const leading = /^[\s:,|•·/—–-]+/u
const trailing = /(?<![\s:,|•·/—–>»(-])[\s:,|•·/—–>»(-]+$/u

/** A name without what themes print around it: "by", "says:", a date, a number. */
export function nameIn(line: string, context: MomentContext): string | null {
  const bare = wordsBesideDate(plainSigns(line), context)
    .replace(/^\s*#\d+\s*|(?<!\s)\s+#\d+\s*$/g, '')
    .replace(leading, '')
    .replace(saysBefore, '')
    .replace(introduction, '')
    .replace(smallIntroduction, '')
    .replace(/<\/?\w{1,10}>?/g, '')
    .replace(/(?<![^\s@])[^\s@]{1,64}@[^\s@.]{1,63}\.[^\s@]{1,191}/g, '')
    .replace(trailing, '')
    .replace(saysWords, '')
    .replace(trailing, '')
    .replace(/\s@[\w.-]+\.\w+$/, '')
    .replace(/(?<!\s)\s+\(?(?:online|offline|онлайн|офлайн)\)?$/iu, '')
  return cleanLine(bare.replace(leading, ''))
}

/** A header names its writer before the date, or after one that it begins with. */
function wordsBesideDate(text: string, context: MomentContext): string {
  const moment = /\d/.test(text) ? findMoment(text, context) : null
  if (moment === null || moment.at === null || moment.length <= 4) return text
  const before = text.slice(0, moment.index)
  return beforeDate.test(before) ? text.slice(moment.index + moment.length) : before
}

const ordinal = /^\d{1,5}[.)]\s+(?=\p{L})/u
const capitalIntroduction = /^(?:Von|Di|Da)\s+(?=\S)/u

/** The names of a section without what all of them begin with, as "1. Ann" and "2. Bo" do. */
export function withoutCommonStart(names: readonly string[]): readonly string[] {
  const start = [ordinal, capitalIntroduction].find((start) => names.every((name) => start.test(name)))
  const isCommon = start !== undefined && new Set(names).size > 1
  return isCommon ? names.map((name) => name.replace(start, '')) : names
}
