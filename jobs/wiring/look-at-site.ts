import { failureClasses, type FailureClass } from '../../src/failure.ts'
import type { Site } from '../../src/sites/site.ts'
import type { CapturedAnswer, FailureRecord, PageToSave, SiteStore } from '../../src/store.ts'
import { dryStore } from './dry-store.ts'
import type { Job } from './run-job.ts'
import { runSites } from './run-sites.ts'

/** Articles are looked at one after the other, each with its whole thread, up to these many requests. */
const ARTICLES = 5
const MOST_REQUESTS = 80

/** What one pass over a site found that stores nothing. */
export interface SiteLook {
  /** Distinct articles, each with all comments that were read. */
  readonly pages: readonly PageToSave[]
  /** Pages that are no articles. */
  readonly others: readonly CapturedAnswer[]
  /** The zone that the site's feeds tell. */
  readonly zone: string | null
  readonly failures: readonly FailureRecord[]
  readonly requests: number
  readonly needsBrowser: boolean
}

/** Crawls a few articles of a site by its address alone; in a browser where its pages are empty without one. */
export async function lookAtSite(job: Job, site: Site, allowPrivateNetwork: boolean): Promise<SiteLook> {
  const look = await onePass(job, site, allowPrivateNetwork)
  const isFrame = look.pages.length === 0 && look.failures.some((failure) => failure.class === 'needs_js')
  return isFrame ? onePass(job, { ...site, needsBrowser: true }, allowPrivateNetwork) : look
}

async function onePass(
  { settings, signal }: Job,
  site: Site,
  allowPrivateNetwork: boolean,
): Promise<SiteLook> {
  const found = newFinds()
  const results = await runSites({
    settings,
    sites: [site],
    job: 'new-site',
    pass: {
      since: null,
      limit: ARTICLES,
      maxRequests: MOST_REQUESTS,
      comments: true,
      refresh: false,
      articles: [],
    },
    allowPrivateNetwork,
    concurrency: 1,
    signal,
    onEvent: () => undefined,
    database: null,
    dryStore: found.store,
  })
  return {
    pages: [...found.pages.values()],
    others: found.others,
    zone: found.zone(),
    failures: found.failures,
    requests: results[0]?.tally.requests ?? 0,
    needsBrowser: site.needsBrowser,
  }
}

function newFinds() {
  const pages = new Map<string, PageToSave>()
  const others: CapturedAnswer[] = []
  const failures: FailureRecord[] = []
  let zone: string | null = null
  const dry = dryStore(() => undefined)
  const store: SiteStore = {
    ...dry,
    savePage: async (page) => {
      pages.set(page.askedUrl, withEarlierComments(page, pages.get(page.askedUrl)))
      return dry.savePage(page)
    },
    keepNonArticle: async (capture) => void others.push(capture),
    keepReserved: async (capture) => void others.push(capture),
    noteTimezone: async (told) => void (zone = told),
    recordFailure: async (failure) => void failures.push(failure),
  }
  return { pages, others, failures, store, zone: () => zone }
}

/** A long thread comes in parts. */
function withEarlierComments(page: PageToSave, earlier: PageToSave | undefined): PageToSave {
  if (page.thread === null || earlier?.thread === undefined || earlier.thread === null) return page
  return {
    ...page,
    thread: { ...page.thread, comments: [...earlier.thread.comments, ...page.thread.comments] },
  }
}

/** Why nothing can be proposed, and what to do; null when there is an article to go by. */
export function refusalOf(site: Site, { pages, others, failures }: SiteLook): string | null {
  if (pages.some(({ article }) => !article.isWalled)) return null
  if (pages.length > 0) return said(site, 'every article ends before a login or payment', 'wall')
  const wall = failures.find((failure) => failure.class === 'wall')
  if (wall !== undefined) return said(site, wall.message, 'wall')
  const ofPages = failures.find(
    (failure) => failure.stage !== 'discover' && failure.class !== 'not_an_article',
  )
  if (others.length > 0 && ofPages === undefined)
    return (
      `${site.url} is no news site, it seems: none of the ${others.length} pages that it names holds an article ` +
      `(the first was ${others[0]?.url ?? site.url}). Nothing was written`
    )
  // What stops everything is told before what one page said, and before that nothing was found.
  const first =
    failures.find((failure) => failure.stage === 'discover' && failure.class !== 'not_a_feed') ??
    ofPages ??
    failures[0]
  return first === undefined ? silent(site) : reasonOf(site, first)
}

/** That nothing was found is told of the site itself; a feed that is none, of its own address. */
const reasonOf = (site: Site, { class: name, url, message }: FailureRecord): string =>
  name === 'not_a_feed' && url === site.url ? silent(site) : said(site, message, name)

const silent = ({ url }: Site): string =>
  `no feed, sitemap or listing of ${url} names an article; if it is a news site, give the address of its feed or ` +
  'sitemap, or of a section that links to its articles. Nothing was written'

/** What helps where there is no declaration yet that could be mended. */
const firstAdvice: Partial<Record<FailureClass, string>> = {
  not_a_feed: 'check the address, or give that of the front page',
  not_a_sitemap: 'check the address, or give that of the front page',
}

const said = (site: Site, reason: string, name: FailureClass): string =>
  `${site.url}: ${reason} (${name}): ${firstAdvice[name] ?? failureClasses[name].advice}. Nothing was written`
