/** Seconds, minutes, hours, days, weeks, months and years as a language has them beside its own word for an age. */
export interface AgeForm {
  readonly ageWords: string
  /** Where the age words are others in other languages: languages of pages that may mean it. */
  readonly languages?: string
  readonly units: string
}

/** Alone beside a number these units may be a time of day or a date: "14 giờ", "3日". */
export const formsWithSuffix: readonly AgeForm[] = [
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

/** The age word stands before the number. */
export const formsWithPrefix: readonly AgeForm[] = [
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
      'sekundami sekundou sekundo sekundama | minútami minútou minutami minuto minutama | hodinami hodinou urami uro urama | dňami dňom dnevi dnevom dnevoma dnem | týždňami týždňom tedni tednom tednoma | mesiacmi mesiacom meseci mesecem mesecema | rokmi rokom leti letom letoma',
  },
  {
    ageWords: 'před',
    units:
      'sekundami sekundou | minutami minutou | hodinami hodinou | dny dnem | týdny týdnem | měsíci měsícem | lety roky rokem',
  },
  // Croatian and Serbian.
  {
    ageWords: 'prije,pre',
    languages: 'hr sr bs sh me',
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
    languages: 'ca',
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
