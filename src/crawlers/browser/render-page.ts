import { createHash } from 'node:crypto'
import { Failure } from '../../failure.ts'
import type { KeptAnswer } from '../kept-answer.ts'
import { noteFailure, type Pass } from '../pass.ts'

/**
 * Puts what a browser makes of a page in its place. Without a browser, or when the page does not settle,
 * the page counts as it was fetched: the article is there, its comments are not.
 */
export async function renderPage(pass: Pass, kept: KeptAnswer): Promise<KeptAnswer> {
  const { site, door, signal, tally } = pass
  try {
    const markup = await pass.renderer.render({
      page: kept.answer,
      signal,
      fetch: (request) => {
        tally.requests++
        const pace = { delayMs: site.delaySeconds * 1000, agreedHost: new URL(site.url).host }
        return door.fetch({ ...request, ...pace, signal })
      },
    })
    const body = new TextEncoder().encode(markup)
    const headers = { ...kept.answer.headers, 'content-type': 'text/html; charset=utf-8' }
    const bodyHash = createHash('sha256').update(body).digest('hex')
    return {
      answer: { ...kept.answer, headers, body },
      capture: { ...kept.capture, headers, body, gzip: null, bodyHash },
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    // Said once for the site, not for each of its pages.
    const isKnown = error.class === 'needs_browser' && (tally.failures.needs_browser ?? 0) > 0
    if (!isKnown) await noteFailure(pass, error, 'fetch')
    return kept
  }
}
