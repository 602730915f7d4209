import { type AgeForm, formsWithPrefix, formsWithSuffix } from './age-forms.ts'
import { foldWord } from './calendar-words.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** A unit of age: of fixed length, or counted on the calendar. */
export type TimeUnit =
  | { readonly milliseconds: number }
  | { readonly days: number }
  | { readonly months: number }

/** Units in the forms that stand beside a number. */
const unitWords: readonly (readonly [TimeUnit, string])[] = [
  [
    { milliseconds: second },
    `s sec secs second seconds sekunde sekunden seconde secondes seconden segundo segundos secondo secondi
    sekunda sekundy sekundę sekund sekunder saniye sn секунд секунда секунду секунды секунди сек с секундаў secunde másodperce`,
  ],
  [
    { milliseconds: minute },
    `m min mins minute minutes minuten minuto minutos minuti minuta minuty minutę minut minuut minuter minutter
    dakika dk минут минута минуту минуты минути мин хвилин хвилину хвилини хвилина хв хвілін хвіліну хвіліны perce`,
  ],
  [{ milliseconds: 30 * minute }, 'полчаса півгодини'],
  [
    { milliseconds: hour },
    `h hr hrs hour hours std stunde stunden heure heures hora horas ora ore godzin godzinę godziny godz uur uren
    saat timmar timme timer time hodin hodinami hodinou час часа часов ч годин годину години година гадзін
    гадзіну гадзіны órája`,
  ],
  [
    { days: 1 },
    `d day days tag tage tagen jour jours día días dia dias giorno giorni dzień dni dag dagen dagar dage dager gün
    den dny день дня дней дн сут днів дні дзень дзён ден zile zi napja`,
  ],
  [
    { days: 7 },
    `w wk wks week weeks woche wochen semaine semaines semana semanas settimana settimane tydzień tygodnie tygodni
    weken vecka veckor uge uger uke uker hafta недель неделю недели нед тиждень тижні тижнів тыдзень тыдні седмица
    седмици hete`,
  ],
  [
    { months: 1 },
    `mo mos mth mths month months monat monate monaten mois mes meses mês mese mesi miesiąc miesiące miesięcy maand
    maanden månad månader måned måneder ay месяц месяца месяцев мес місяць місяці місяців месяцаў месец месеца lună
    luni hónapja`,
  ],
  [
    { months: 12 },
    `y yr yrs year years jahr jahre jahren an ans año años ano anos anno anni rok lata lat jaar år yıl года лет рік
    роки років гады гадоў ani éve`,
  ],
]

const units: ReadonlyMap<string, TimeUnit> = new Map(
  unitWords.flatMap(([unit, words]) =>
    words.split(/\s+/).map((word): [string, TimeUnit] => [foldWord(word), unit]),
  ),
)

/** Languages of pages on which a word makes an age, where it means something else on others. */
export const languagesOfAgeWord: ReadonlyMap<string, readonly string[]> = new Map(
  formsWithPrefix.flatMap(({ ageWords, languages }) =>
    languages === undefined
      ? []
      : ageWords.split(',').map((word): [string, string[]] => [word, languages.split(' ')]),
  ),
)

const ageWordsOf = (forms: readonly AgeForm[]): string[] =>
  forms.flatMap(({ ageWords }) => ageWords.split(','))

const columnUnits: readonly TimeUnit[] = [
  { milliseconds: second },
  { milliseconds: minute },
  { milliseconds: hour },
  { days: 1 },
  { days: 7 },
  { months: 1 },
  { months: 12 },
]

/** By the age word and the unit. */
const unitsBesideAgeWord: ReadonlyMap<string, TimeUnit> = new Map(
  [...formsWithSuffix, ...formsWithPrefix].flatMap(({ ageWords, units: columns }) =>
    columns.split(' | ').flatMap((words, column) => {
      const unit = columnUnits[column]
      if (unit === undefined) return []
      const keys = words
        .split(' ')
        .flatMap((word) => ageWords.split(',').map((age) => `${age} ${foldWord(word)}`))
      return keys.map((key): [string, TimeUnit] => [key, unit])
    }),
  ),
)

/** Words that make an age of the number and unit before them. */
export const suffixesOfAge = [
  ...'ago,назад,тому назад,тому,таму,temu,fa,geleden,önce,atrás,siden,sedan,sen'.split(','),
  ...ageWordsOf(formsWithSuffix),
]

/** Those of them before which no space stands. */
export const closeSuffixesOfAge = ['前', '전']

/** Words that make an age of the number and unit after them. */
export const prefixesOfAge = [...'vor,il y a,hace,há,acum,преди'.split(','), ...ageWordsOf(formsWithPrefix)]

/** Units that tell their number when none stands before them. */
const dualUnits: ReadonlySet<string> = new Set(
  `ثانيتين دقيقتين ساعتين يومين أسبوعين شهرين سنتين عامين שעתיים יומיים שבועיים חודשיים שנתיים`
    .split(/\s+/)
    .map(foldWord),
)
const singularUnits: ReadonlySet<string> = new Set(
  `секунду минуту полчаса час день неделю месяц год хвилину годину півгодини тиждень місяць рік хвіліну гадзіну
  тыдзень minutę godzinę dzień tydzień miesiąc rok minutou hodinou dnem týdnem měsícem rokem dan sat mjesec mesec tjedan nedelju godinu дан сат месец недељу годину минуту uro dnevom tednom mesecem letom valandą dieną savaitę mėnesį metus stundas dienas nedēļas mēneša gada minútou dňom týždňom mesiacom rokom دقيقة ساعة يوم أسبوع شهر سنة عام דקה שעה יום שבוע חודש שנה`
    .split(/\s+/)
    .map(foldWord),
)

/** "минуту назад" means one; "hours ago" means nobody knows how many. */
export function impliedCount(word: string): number | null {
  const form = foldWord(word)
  return dualUnits.has(form) ? 2 : singularUnits.has(form) ? 1 : null
}

/** Numbers in words. "A few" counts as three: the time is marked as relative anyhow. */
export const numberWords: ReadonlyMap<string, number> = new Map([
  ...counted(
    1,
    "a,an,one,ein,eine,einem,einer,un,un',une,una,uno,um,uma,een,één,bir,en,ett,et,один,одну,одна",
  ),
  ...counted(2, 'dvema,a couple of,couple of,two,zwei,deux,dos,due,dois,два,две,дві'),
  ...counted(
    3,
    'a few,few,several,three,einigen,quelques,unos,unas,algunos,alguns,несколько,кілька,kilka,birkaç',
  ),
])

/** Words for a moment ago. */
export const justNowWords = [
  'just now,moments ago,a moment ago,только что,щойно,толькі што,gerade eben,soeben',
  "à l'instant,ahora mismo,justo ahora,agora mesmo,proprio ora,zojuist,przed chwilą",
  'az önce,şimdi,just nu,lige nu,akkurat nå,刚刚,剛剛,たった今,방금,baru saja,vừa xong,juuri nyt',
].flatMap((words) => words.split(','))

/** Words for days, with how many days ago they were. */
export const dayWords: ReadonlyMap<string, number> = new Map([
  ...counted(
    0,
    "today,сегодня,сьогодні,сёння,днес,heute,aujourd'hui,hoy,hoje,oggi,vandaag,dzisiaj,dziś,bugün,dnes,i dag,idag,今天,今日,오늘,σήμερα,tänään",
  ),
  ...counted(
    1,
    'yesterday,вчера,вчора,учора,gestern,hier,ayer,ontem,ieri,gisteren,wczoraj,dün,včera,i går,igår,昨天,昨日,어제,χθες,eilen,tegnap,أمس,אתמול,دیروز,kemarin,hôm qua',
  ),
  ...counted(2, 'позавчера,позавчора,vorgestern,avant-hier,anteayer,anteontem,eergisteren,przedwczoraj'),
])

/**
 * The unit that a word names, or null. Which word makes it an age is asked, because "год" is an hour
 * in Ukrainian ("2 год тому") and a year in Russian ("год назад"), and "години" are hours in Ukrainian
 * and years in Bulgarian ("преди 2 години").
 */
export function unitNamed(word: string, ageWord?: string): TimeUnit | null {
  const form = foldWord(word)
  const beside = ageWord?.toLowerCase()
  const own = unitsBesideAgeWord.get(`${beside} ${form}`)
  if (own !== undefined) return own
  if (form === 'год') return beside === 'тому' ? { milliseconds: hour } : { months: 12 }
  if (beside === 'преди' && form.startsWith('годин')) return { months: 12 }
  return units.get(form) ?? null
}

function counted(count: number, words: string): [string, number][] {
  return words.split(',').map((word) => [word, count])
}
