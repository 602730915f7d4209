import pLimit from 'p-limit'
import { Failure } from '../../failure.ts'
import type { StoredAnswer, StoredAnswers, StoredPage } from '../../stored-answers.ts'
import { takeArticlePage } from '../article-page.ts'
import { noHostAnswers } from '../host-answers.ts'
import type { KeptAnswer } from '../kept-answer.ts'
import { noteFailure, type Pass, type PassEvent } from '../pass.ts'
import type { PassOutcome } from '../site-pass.ts'
import { ReplayDoor } from './replay-door.ts'

/** Pages in hand at once: enough to keep the extraction threads busy while the database writes. */
const PAGES_AT_ONCE = 8

const everything: Pass['options'] = {
  since: null,
  limit: null,
  maxRequests: null,
  comments: true,
  refresh: false,
  articles: [],
}

/** A pass whose door answers with what is stored. */
export function replayPass(
  given: Omit<Pass, 'door' | 'options' | 'hostAnswers'>,
  stored: Pick<StoredAnswers, 'newest'>,
): Pass {
  return {
    ...given,
    // What a browser made of a page is what was stored of it.
    site: { ...given.site, needsBrowser: false },
    options: everything,
    door: new ReplayDoor(stored),
    hostAnswers: noHostAnswers,
    onChange: (event) => {
      if (!isNoNews(event)) given.onChange(event)
    },
  }
}

/** Nothing was asked for, and what is not stored can't be read: neither is news. */
export function endReplay({ tally, signal }: Pass): { outcome: PassOutcome; error: string | null } {
  tally.requests = 0
  for (const name of noNews) delete tally.failures[name]
  if (signal.aborted) return { outcome: 'interrupted', error: null }
  const { wall: _wall, ...failures } = tally.failures
  return { outcome: Object.keys(failures).length > 0 ? 'partial' : 'done', error: null }
}

/**
 * Reads what is stored of a site with today's extractors, the way a crawl reads it, but without the network. What
 * becomes of the results is up to the pass' store.
 */
export async function replaySite(
  given: Omit<Pass, 'door' | 'options' | 'hostAnswers'>,
  stored: StoredAnswers,
  since: Date | null,
): Promise<{ outcome: PassOutcome; error: string | null }> {
  const pass = replayPass(given, stored)
  const limit = pLimit(PAGES_AT_ONCE)
  const pages = await stored.pages(since)
  await Promise.all(pages.map((page) => limit(() => replayPage(pass, stored, page))))
  return endReplay(pass)
}

/** What a request for something that is not stored ends with, and a page that no browser showed. */
const noNews = ['gone', 'http_error', 'needs_js'] as const

const isNoNews = (event: PassEvent): boolean =>
  event.kind === 'failure' && noNews.some((name) => name === event.failure.class)

/** Reads the newest capture of a page that holds an article. */
async function replayPage(pass: Pass, stored: StoredAnswers, page: StoredPage): Promise<void> {
  for (const id of page.captureIds) {
    if (pass.signal.aborted) return
    const answer = await stored.byId(id)
    if (answer !== null && (await takeStored(pass, page, answer))) return
  }
}

/** Takes a stored page all the way. @returns false when it holds no article. */
export async function takeStored(
  pass: Pass,
  page: Pick<StoredPage, 'url' | 'articleUrl'>,
  stored: StoredAnswer,
): Promise<boolean> {
  let isSetAside = false
  const store: Pass['store'] = {
    ...pass.store,
    keepNonArticle: async () => {
      isSetAside = true
    },
  }
  try {
    await takeArticlePage({ ...pass, store }, keptAnswer(page, stored), { kind: 'article', url: page.url })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    await noteFailure(pass, error, 'extract')
    return true
  }
  return !isSetAside
}

function keptAnswer(page: Pick<StoredPage, 'url' | 'articleUrl'>, stored: StoredAnswer): KeptAnswer {
  const { status, headers, body, fetchedAt, ...request } = stored
  const answer = { url: page.articleUrl, status, headers, body, fetchedAt }
  return {
    answer,
    capture: { ...request, ...answer, url: page.url, kind: 'article', gzip: null, before: null },
  }
}
