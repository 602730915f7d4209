import { randomBytes } from 'node:crypto'
import { isSameNotice, saysNotFound } from '../extractors/article/not-found.ts'
import { Failure } from '../failure.ts'
import { isSamePage } from '../normalise/url.ts'
import type { ArticleExtraction } from './extract/extraction.ts'
import type { KeptAnswer } from './kept-answer.ts'
import { noteGone, type Pass } from './pass.ts'

/**
 * Takes a page that answers 200 and is the one that its host shows for addresses which do not exist. Only a page that
 * looks like it has its host asked, with an address that surely does not exist, and once a day at most.
 * @returns whether it was such a page and the article that is held of it is marked as gone.
 * @throws Failure `soft404` when it was and none is held, or when nothing but the likeness says so: a host that is out
 *   of order may show one page for everything.
 */
export async function isSoftNotFound(
  pass: Pass,
  kept: KeptAnswer,
  { article, needsScripts }: ArticleExtraction,
  url: string,
): Promise<boolean> {
  if (needsScripts || pass.site.needsBrowser || !isSuspect(kept, article)) return false
  const probe = await pass.hostAnswers.today({ kind: 'probe', url: neighbourOf(kept.answer.url) })
  if (probe === null || probe.status >= 300) return false
  const led = !isSamePage(url, kept.answer.url) && isSamePage(probe.url, kept.answer.url)
  if (!led && !(await isSame(pass, probe, article))) return false
  if (saysNotFound(article.title) && (await noteGone(pass, url))) return true
  throw new Failure('soft404', `${url} shows what its host shows for addresses that do not exist`, { url })
}

async function isSame(pass: Pass, probe: KeptAnswer['answer'], article: ArticleExtraction['article']) {
  const { site, zoneHint } = pass
  const shown = await pass.pool.extract({ kind: 'article', answer: probe, site, zoneHint })
  return isSameNotice(shown.article, article)
}

/** An article has a date; what was none before need not be looked at again unless it changed. */
function isSuspect({ capture }: KeptAnswer, article: ArticleExtraction['article']): boolean {
  const { before, bodyHash } = capture
  if (before !== null && before.bodyHash === bodyHash) return false
  if (saysNotFound(article.title)) return true
  return article.isArticle ? article.publishedAt === null : before !== null
}

/** An address beside this one, of the same form, that nobody has given to anything. */
export function neighbourOf(url: string): string {
  const { origin, pathname } = new URL(url)
  const word = `page-${randomBytes(8).toString('hex')}`
  return `${origin}/${pathname.slice(1).replace(/[^/]*?((?:\.\w{1,5})?\/?)$/, `${word}$1`)}`
}
