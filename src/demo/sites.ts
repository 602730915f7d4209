import { browserSite, browserUrl } from './browser-site.ts'
import { englishDle, russianDle } from './dle-dialect.ts'
import { dleUrl } from './dle-pages.ts'
import { dleSite } from './dle-site.ts'
import type { Site } from './http.ts'
import { issoPath, issoSite } from './isso-site.ts'
import type { Showing } from './ledger.ts'
import type { DemoArticle, DemoSite, Habits, SiteProfile } from './model.ts'
import { english } from './words-english.ts'
import { russian } from './words-russian.ts'
import { wordpressSite } from './wordpress-site.ts'
import { postUrl } from './wordpress-threads.ts'
import { texturize } from './wordpress-typography.ts'

/** One site of the newsroom: what it holds, how it is served, how its pages show it. */
export interface Desk {
  readonly profile: SiteProfile
  readonly gzip: boolean
  readonly showing: Showing
  open(site: DemoSite): Site
}

const dleHabits: Habits = {
  depth: 5,
  precision: 'minute',
  quotes: 'named',
  hasDisplayNames: true,
  hasVotes: true,
  hasPings: false,
  hasTextPages: false,
  deletion: 'subtree',
}

const wordpressHabits: Habits = {
  depth: 7,
  precision: 'second',
  quotes: 'anonymous',
  hasDisplayNames: false,
  hasVotes: false,
  hasPings: true,
  hasTextPages: false,
  deletion: 'leaf',
}

const byId = (_site: DemoSite, { id }: DemoArticle): string => String(id)
const asTyped = (typed: string): string => typed

/** All sites that the newsroom can open, in the order in which they take ports. */
export const desks: readonly Desk[] = [
  {
    profile: {
      id: 'dle',
      name: 'Вестник Пристани',
      platform: 'datalife-engine',
      language: 'ru',
      timezone: 'Europe/Moscow',
      lexicon: russian,
      habits: dleHabits,
      firstArticleId: 4101,
      firstCommentId: 88_001,
    },
    gzip: false,
    showing: { url: (site, article) => dleUrl({ site }, article), nativeId: byId, text: asTyped },
    open: (site) => dleSite(site, russianDle),
  },
  {
    profile: {
      id: 'dle-flat',
      name: 'Steppe Courier',
      platform: 'datalife-engine',
      language: 'en',
      timezone: 'Asia/Almaty',
      lexicon: english,
      habits: { ...dleHabits, quotes: 'reference', deletion: 'leaf' },
      firstArticleId: 731,
      firstCommentId: 5_201,
    },
    gzip: true,
    showing: { url: (site, article) => dleUrl({ site }, article), nativeId: byId, text: asTyped },
    open: (site) => dleSite(site, englishDle),
  },
  {
    profile: {
      id: 'wordpress',
      name: 'The Harbour Gazette',
      platform: 'wordpress',
      language: 'en-GB',
      timezone: 'Europe/London',
      lexicon: english,
      habits: { ...wordpressHabits, hasTextPages: true },
      firstArticleId: 2_310,
      firstCommentId: 41_007,
    },
    gzip: true,
    showing: { url: postUrl, nativeId: byId, text: texturize },
    open: wordpressSite,
  },
  {
    profile: {
      id: 'isso',
      name: 'Notes from Quill Street',
      platform: 'isso',
      language: 'en',
      timezone: 'UTC',
      lexicon: english,
      habits: { ...wordpressHabits, depth: 2, hasVotes: true, hasPings: false, deletion: 'tombstone' },
      firstArticleId: 1,
      firstCommentId: 1,
    },
    gzip: false,
    showing: {
      url: (site, article) => `${site.origin}${issoPath(site, article)}`,
      nativeId: issoPath,
      text: asTyped,
    },
    open: issoSite,
  },
  {
    profile: {
      id: 'browser',
      name: 'Pier Nine Daily',
      platform: 'wordpress',
      language: 'en-US',
      timezone: 'America/New_York',
      lexicon: english,
      habits: { ...wordpressHabits, depth: 5, hasPings: false },
      firstArticleId: 901,
      firstCommentId: 12_001,
    },
    gzip: false,
    showing: { url: browserUrl, nativeId: byId, text: texturize },
    open: browserSite,
  },
]
