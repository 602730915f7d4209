import { sql } from 'drizzle-orm'
import { nameHash, writerHash } from '../../privacy/guard.ts'
import { nameKey, type PrivacyKey } from '../../privacy/privacy-key.ts'
import type { Database } from '../client.ts'
import { emptyArticles } from '../topics.ts'
import { EVERYWHERE, type Erasure, noteErasedRows, noteErasures } from '../erasures.ts'
import { type CapturesToErase, countCapturesFor, deleteCapturesFor } from './erase-captures.ts'
import type { TakeSite } from '../site-leases.ts'
import { requireTaken, takeSites } from './site-in-use.ts'
import { emptyComments, eraseMentions, holds } from './erase-words.ts'
import { type FoundWriter, findWriter, isBy, type Request } from './find-writer.ts'
import { spellingsOf } from './spellings.ts'

/** What an erasure did, or would do. */
export interface ErasureReport {
  readonly comments: number
  /** Comments of others that quoted or mentioned the person. */
  readonly mentions: number
  readonly articles: number
  readonly captures: number
  /** Articles whose text names the person, and which stay as they are. */
  readonly articlesNaming: number
  /** Under what the person was found, to be looked at before it is done. */
  readonly names: readonly string[]
}

export interface EraseAuthor extends Omit<Request, 'pseudonymIn'> {
  readonly key: PrivacyKey
  /** Also where others name the person; false for a name that is a word of every day. */
  readonly mentions: boolean
  readonly now: Date
}

/** Looks up what would be erased, and changes nothing. */
export async function previewAuthor(db: Database, request: EraseAuthor): Promise<ErasureReport> {
  const found = await findWriter(db, withPseudonyms(request))
  const { comments, names } = found
  return {
    comments: comments.length,
    mentions: await countMentions(db, found),
    articles: found.topics.length,
    captures: await countCapturesFor(db, capturesOf(found)),
    articlesNaming: await countNaming(db, found),
    names,
  }
}

/**
 * Erases a person: their comments with all former versions, what others quote of them and where others name them, and
 * the stored pages that show any of it; all or nothing. The list of erasures keeps it away from then on.
 * @param take keeps the sites of the comments from being crawled meanwhile. @throws SiteInUse
 */
export async function eraseAuthor(
  db: Database,
  request: EraseAuthor,
  take: TakeSite,
): Promise<ErasureReport> {
  const before = await findWriter(db, withPseudonyms(request))
  const taken = await takeSites(take, sitesOf(before))
  return db.transaction(async (transaction) => {
    const { now, mentions } = request
    const found = await findWriter(transaction, withPseudonyms(request))
    requireTaken(taken, sitesOf(found))
    const { comments, names, sites } = found
    const ids = comments.map(({ id }) => id)
    await emptyComments(transaction, ids, now)
    const mentioning = await eraseMentions(transaction, found, { mentions })
    const captures = await deleteCapturesFor(transaction, capturesOf(found))
    const topics = found.topics.map(({ id }) => id)
    await emptyArticles(transaction, topics)
    await noteErasedRows(transaction, 'articles', topics, now)
    await eraseBylines(transaction, found)
    await transaction.execute(sql`
      delete from failures where site_id in (select json_array_elements_text(${JSON.stringify(sites)}::json))
        and (${holds(sql`message`, names)} or ${holds(sql`coalesce(url, '')`, names)})`)
    await noteErasedRows(transaction, 'comments', [...ids, ...mentioning], now)
    await noteErasures(transaction, entriesOf(request, found))
    return {
      comments: ids.length,
      mentions: mentioning.length,
      articles: topics.length,
      captures,
      articlesNaming: await countNaming(transaction, found),
      names,
    }
  })
}

const withPseudonyms = ({ name, site, key }: EraseAuthor): Request => ({
  name,
  site,
  pseudonymIn: (scope) => key.pseudonym(scope, name),
})

const capturesOf = (found: FoundWriter): CapturesToErase => ({
  articleIds: [
    ...new Set([...found.comments.map(({ articleId }) => articleId), ...found.topics.map(({ id }) => id)]),
  ],
  sites: found.sites,
  words: wordsOf(found),
})

/** Names, and what a key says beside its kind, where that is long enough to be nobody else's. */
function wordsOf({ names, keys }: FoundWriter): string[] {
  const ofKeys = keys.map(({ key }) => key.slice(key.indexOf(':') + 1)).filter((value) => value.length >= 6)
  return [...new Set([...names, ...ofKeys])]
}

function entriesOf({ key, now, mentions }: EraseAuthor, { names, keys, scope }: FoundWriter): Erasure[] {
  const ofName = (name: string) => {
    const letters = nameKey(name).length
    const words = nameKey(name).split(' ').length
    const entry = { scope: scope ?? EVERYWHERE, letters, words, at: now }
    const writer = { ...entry, kind: 'writer', hash: writerHash(key, 'name', '', name) } as const
    return mentions ? [writer, { ...entry, kind: 'name', hash: nameHash(key, name) } as const] : [writer]
  }
  const ofKey = (entry: FoundWriter['keys'][number]) => ({
    scope: entry.scope,
    kind: 'writer' as const,
    hash: writerHash(key, 'key', entry.scope, entry.key),
    letters: 0,
    words: 0,
    at: now,
  })
  return [...names.filter((name) => nameKey(name) !== '').flatMap(ofName), ...keys.map(ofKey)]
}

/** Writers of articles: the person's own name goes, the article stays. */
async function eraseBylines(db: Database, { names, sites }: FoundWriter): Promise<void> {
  const spellings = JSON.stringify([...new Set(names.flatMap(spellingsOf))])
  await db.execute(sql`
    update articles set authors = array(
      select author from unnest(authors) author, (select array(select json_array_elements_text(${spellings}::json)) as forms) f
      where not (author = any(f.forms) or lower(author) = any(f.forms)))
    where ${isBy(names, sites)}`)
}

async function countNaming(db: Database, { names, sites }: FoundWriter): Promise<number> {
  const [row] = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from articles
    where site_id in (select json_array_elements_text(${JSON.stringify(sites)}::json))
      and (${holds(sql`body_text`, names)} or ${holds(sql`coalesce(title, '')`, names)})`)
  return row?.n ?? 0
}

async function countMentions(db: Database, { names, sites, comments }: FoundWriter): Promise<number> {
  const own = JSON.stringify(comments.map(({ id }) => id))
  const [row] = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from comments c join articles a on a.id = c.article_id
    where a.site_id in (select json_array_elements_text(${JSON.stringify(sites)}::json))
      and (${holds(sql`c.body_text`, names)} or ${holds(sql`c.quotes::text`, names)})
      and c.id not in (select value::bigint from json_array_elements_text(${own}::json))`)
  return row?.n ?? 0
}

const sitesOf = ({ comments, topics }: FoundWriter): string[] =>
  [...comments, ...topics].map(({ site }) => site)
