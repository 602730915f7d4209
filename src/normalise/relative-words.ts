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

/** Seconds, minutes, hours, days, weeks, months and years as a language has them beside its own word for an age. */
interface AgeForm {
  readonly ageWords: string
  readonly units: string
}

/** Alone beside a number these units may be a time of day or a date: "14 giờ", "3日". */
const formsWithSuffix: readonly AgeForm[] = [
  {
    ageWords: '前',
    units:
      '秒 秒钟 秒鐘 秒間 | 分 分钟 分鐘 分間 | 小时 小時 時間 | 天 日 | 周 週 週間 星期 | 个月 個月 か月 ヶ月 カ月 | 年 年間',
  },
  { ageWords: '전', units: '초 | 분 | 시간 | 일 | 주 주일 | 개월 달 | 년' },
  { ageWords: 'पहले', units: 'सेकंड सेकेंड | मिनट | घंटे घंटा घण्टे | दिन | सप्ताह हफ़्ते हफ्ते | महीने महीना माह | साल वर्ष' },
  {
    ageWords: 'sitten',
    units:
      'sekuntia sekunti | minuuttia minuutti min | tuntia tunti t | päivää päivä pv | viikkoa viikko vk | kuukautta kuukausi kk | vuotta vuosi v',
  },
  { ageWords: 'ezelőtt', units: 'másodperccel | perccel | órával | nappal | héttel | hónappal | évvel' },
  { ageWords: 'پیش', units: 'ثانیه | دقیقه | ساعت | روز | هفته | ماه | سال' },
  { ageWords: 'lalu,yang lalu', units: 'detik | menit | jam | hari | minggu | bulan | tahun' },
  {
    ageWords: 'tagasi',
    units:
      'sekundit sekund | minutit minut min | tundi tund | päeva päev | nädalat nädal | kuud kuu | aastat aasta',
  },
  { ageWords: 'আগে', units: 'সেকেন্ড | মিনিট | ঘণ্টা ঘন্টা | দিন | সপ্তাহ | মাস | বছর' },
  { ageWords: 'پہلے', units: 'سیکنڈ | منٹ | گھنٹے گھنٹہ | دن | ہفتے ہفتہ | مہینے مہینہ ماہ | سال' },
  { ageWords: 'trước', units: 'giây | phút | giờ tiếng | ngày hôm | tuần | tháng | năm' },
]

const formsWithPrefix: readonly AgeForm[] = [
  {
    ageWords: 'πριν,πριν από',
    units:
      'δευτερόλεπτα δευτερόλεπτο | λεπτά λεπτό | ώρες ώρα | ημέρες ημέρα μέρες μέρα | εβδομάδες εβδομάδα | μήνες μήνα | χρόνια χρόνο έτη έτος',
  },
  {
    ageWords: 'منذ,قبل',
    units:
      'ثانية ثوان ثواني ثانيتين | دقيقة دقائق دقيقتين | ساعة ساعات ساعتين | يوم أيام يوما يومين | أسبوع أسابيع أسبوعين | شهر أشهر شهور شهرين | سنة سنوات سنتين عام أعوام عامين',
  },
  {
    ageWords: 'לפני',
    units:
      'שניות שנייה | דקות דקה | שעות שעה שעתיים | ימים יום יומיים | שבועות שבוע שבועיים | חודשים חודש חודשיים | שנים שנה שנתיים',
  },
  // Slovak and Slovene.
  {
    ageWords: 'pred',
    units:
      'sekundami sekundou sekundo | minútami minútou minutami minuto | hodinami hodinou urami uro | dňami dňom dnevi dnevom | týždňami týždňom tedni tednom | mesiacmi mesiacom meseci mesecem | rokmi rokom leti letom',
  },
  {
    ageWords: 'před',
    units:
      'sekundami sekundou | minutami minutou | hodinami hodinou | dny dnem | týdny týdnem | měsíci měsícem | lety roky rokem',
  },
  // Croatian and Serbian.
  {
    ageWords: 'prije,pre',
    units:
      'sekundi sekunde sekundu | minuta minute minutu min | sati sata sat h | dana dan | tjedana tjedna tjedan nedelja nedelje nedelju | mjeseci mjeseca mjesec meseci meseca mesec | godina godine godinu',
  },
  // Serbian and Macedonian.
  {
    ageWords: 'пре,пред',
    units:
      'секунди секунде секунду | минута минуте минуту минути | сати сата сат часа час часови | дана дан дена ден | недеља недеље недељу недели недела | месеци месеца месец | година године годину години',
  },
  {
    ageWords: 'fa',
    units:
      'segons segon | minuts minut min | hores hora h | dies dia | setmanes setmana | mesos mes | anys any',
  },
  {
    ageWords: 'prieš',
    units:
      'sekundes sekundžių sekundę sek | minutes minučių minutę min | valandas valandų valandą val | dienas dienų dieną | savaites savaičių savaitę sav | mėnesius mėnesių mėnesį mėn | metus metų',
  },
  {
    ageWords: 'pirms',
    units:
      'sekundēm sekundes | minūtēm minūtes min | stundām stundas st | dienām dienas | nedēļām nedēļas | mēnešiem mēneša | gadiem gada',
  },
]

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
  тыдзень minutę godzinę dzień tydzień miesiąc rok minutou hodinou dnem týdnem měsícem rokem minútou dňom týždňom mesiacom rokom دقيقة ساعة يوم أسبوع شهر سنة عام דקה שעה יום שבוע חודש שנה`
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
  ...counted(2, 'a couple of,couple of,two,zwei,deux,dos,due,dois,два,две,дві'),
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
