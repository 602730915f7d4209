import { sets } from '../articles/sets.ts'

/** A page of a newsroom, and which comment system it carries. */
export interface DetectionPage {
  readonly key: string
  readonly file: string
  readonly url: string
  /** The platform's name; null where the page carries none. */
  readonly expected: string | null
}

/**
 * Which comment system the pages of the Fundus set carry, by their marks as their makers document them; an
 * empty form to comment counts. Pages that are
 * not named carry none, though some have words of one: Vuukle as a switch (Euronews), the id of Disqus' box on a button
 * (ABC), a list of hosts to block that names OpenWeb (Business Insider, Gamestar), styles of Coral without a thread
 * (SZ), the Guardian's own system with comments switched off, a theme's class name (Lesotho Times).
 */
const carried: Readonly<Record<string, string>> = {
  'ca.CBCNews_2024_08_08': 'viafoura',
  'ca.CanadaCom_2026_06_06': 'viafoura',
  'ca.OttawaCitizen_2026_05_26': 'viafoura',
  'ca.GlobalNews_2026_05_24': 'wordpress',
  'de.MotorSportMagazin_2024_04_24': 'disqus',
  'de.SpiegelOnline_2023_04_28': 'coral',
  'de.Tagesspiegel_2024_04_29': 'coral',
  'es.LaVanguardia_2025_01_13': 'hyvor-talk',
  'li.Landesspiegel_2025_06_30': 'wordpress',
  'li.Landesspiegel_2026_01_27': 'wordpress',
  'ls.LesothoTimes_2025_05_23': 'wordpress',
  'ua.Pravda_2026_01_08': 'comentario',
  'uk.DailyStar_2024_04_23': 'viafoura',
  'uk.EveningStandard_2024_05_02': 'viafoura',
  'uk.EveningStandard_2024_10_24': 'viafoura',
  'uk.TechRadar_2026_05_21': 'viafoura',
  'uk.TheMirror_2024_04_28': 'viafoura',
  'uk.TheMirror_2024_08_05': 'viafoura',
  'uk.TheTelegraph_2023_08_30': 'viafoura',
  'uk.TheTelegraph_2024_09_17': 'viafoura',
  'us.OccupyDemocrats_2023_06_20': 'openweb',
  'us.TechCrunch_2024_05_17': 'openweb',
  'de.MDR_2023_04_28': 'generic',
  'de.Taz_2024_10_23': 'generic',
  'us.WashingtonTimes_2023_04_28': 'insticator',
  'za.DailyMaverick_2025_05_22': 'wordpress',
}

/**
 * Pages of which nobody can say without their scripts: a server of Coral in the site's settings without a thread, a
 * shortname of GraphComment, a switch that says "OpenWeb", an empty box of the publisher's own. They are not judged.
 */
const undecided = new Set([
  'at.KleineZeitung_2025_06_30',
  'ch.NZZ_2024_07_18',
  'de.FAZ_2024_04_17',
  'de.FAZ_2025_04_15',
  'fr.LesEchos_2024_07_18',
  'uk.DailyMail_2024_04_27',
])

/** @param folder that of the Fundus set. */
export async function readDetectionPages(folder: string): Promise<DetectionPage[]> {
  const pages = (await sets['fundus']?.read(folder)) ?? []
  return pages.flatMap(({ key, file, url }) => {
    const name = key.replace('fundus/', '')
    return undecided.has(name) ? [] : [{ key, file, url, expected: carried[name] ?? null }]
  })
}

export interface DetectionRow {
  readonly platform: string
  readonly pages: number
  readonly found: number
  /** Pages of other platforms, or of none, that were taken for this one. */
  readonly mistaken: number
}

export interface DetectionScore {
  /** Share of pages whose platform, or absence of one, was told. */
  readonly accuracy: number
  /** Share of the pages with a platform on which it was told. */
  readonly recall: number
  /** Pages without a platform on which one was seen. */
  readonly falseThreads: number
  readonly rows: readonly DetectionRow[]
  /** One line for each mistake. */
  readonly mistakes: readonly string[]
}

/** @param told by the page's key, the platform that was recognised, or null. */
export function scoreDetection(
  pages: readonly DetectionPage[],
  told: ReadonlyMap<string, string | null>,
): DetectionScore {
  const judged = pages.map((page) => ({ ...page, told: told.get(page.key) ?? null }))
  const carrying = judged.filter(({ expected }) => expected !== null)
  const right = (list: typeof judged) => list.filter((page) => page.told === page.expected).length
  const names = new Set(judged.flatMap((page) => [page.expected, page.told]).filter((name) => name !== null))
  return {
    accuracy: right(judged) / judged.length,
    recall: right(carrying) / carrying.length,
    falseThreads: judged.filter((page) => page.expected === null && page.told !== null).length,
    rows: [...names].toSorted().map((platform) => ({
      platform,
      pages: judged.filter(({ expected }) => expected === platform).length,
      found: judged.filter((page) => page.expected === platform && page.told === platform).length,
      mistaken: judged.filter((page) => page.expected !== platform && page.told === platform).length,
    })),
    mistakes: judged
      .filter((page) => page.told !== page.expected)
      .map(({ key, expected, told: name }) => `${key} carries ${expected ?? 'none'}, told ${name ?? 'none'}`),
  }
}
