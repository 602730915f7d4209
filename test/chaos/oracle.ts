import { sql } from 'drizzle-orm'
import { type DatabaseSettings, type OpenDatabase, openDatabase } from '../../src/db/client.ts'
import { readArticlesWithComments } from '../../src/db/held-articles.ts'
import { compareWithLedger } from '../../src/demo/compare.ts'
import type { RequestRecord } from '../../src/demo/newsroom.ts'
import { type FakeSite, siteId } from './fake-site.ts'

/** What must be empty once a life has come to rest: a line for each thing that is wrong. */
export interface Wrongs {
  /** Not held as the site truly has it. */
  readonly lost: readonly string[]
  /** Held twice. */
  readonly doubled: readonly string[]
  /** Begun, and neither done nor due again. */
  readonly stuck: readonly string[]
  /** Asked for too soon, too many at once, or against robots.txt. */
  readonly impolite: readonly string[]
}

export async function withDatabase<Result>(
  settings: DatabaseSettings,
  work: (database: OpenDatabase) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(settings)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

/** @returns differences between what is held and the ledger. */
export async function findLost({ db }: OpenDatabase, { newsroom }: FakeSite): Promise<string[]> {
  const held = await readArticlesWithComments(db, [siteId])
  return [...compareWithLedger(newsroom.ledger(), held).differences]
}

/** Rows of one thing, by the key that nature gives it. */
const keys: Readonly<Record<string, string>> = {
  articles: 'select site_id, native_id::text as key from articles',
  threads: 'select article_id::text, platform || native_id as key from threads',
  comments: 'select article_id::text, native_id as key from comments',
  captures: `select url_hash, kind || fetched_at::text as key from captures`,
  'last pages of a source': `select url_hash, kind as key from captures where kind in ('feed', 'sitemap', 'listing')`,
  runs: 'select site_id, started_at::text as key from runs',
  failures: `select run_id::text, concat(url, stage, class, at) as key from failures`,
  'article revisions': `select article_id::text, content_hash as key from article_history`,
  'comment revisions': `select comment_id::text, content_hash as key from comment_history`,
  'comment states': `select comment_id::text, concat(former_state, state, at) as key from comment_states`,
  checks: 'select site_id, run_id::text as key from site_checks',
}

export async function findDoubled({ db }: OpenDatabase): Promise<string[]> {
  const doubled: string[] = []
  for (const [what, rows] of Object.entries(keys)) {
    const found = await db.execute<{ holder: string; key: string; count: number }>(sql`
      select holder, key, count(*)::int as count from (${sql.raw(rows)}) as rows (holder, key)
      group by 1, 2 having count(*) > 1`)
    for (const { holder, key, count } of found) doubled.push(`${what} of ${holder}: ${count} times ${key}`)
  }
  return doubled
}

/** To be asked after an ordinary pass that nobody disturbed. */
export async function findStuck(database: OpenDatabase, { newsroom }: FakeSite): Promise<string[]> {
  const held = await database.db.execute<{ url: string }>(sql`select url from articles`)
  const urls = new Set(held.map(({ url }) => url))
  const announced = newsroom.ledger().sites.flatMap(({ articles }) => articles)
  const missed = announced.filter(({ url }) => !urls.has(url)).map(({ url }) => `${url} was not taken up`)
  return [...(await findBrokenOff(database)), ...missed]
}

/** What was begun, and is neither done nor due. */
export async function findBrokenOff({ db }: OpenDatabase): Promise<string[]> {
  const rows = await db.execute<{ what: string }>(sql`
    select 'run ' || id || ' of ' || started_at || ' has no end' as what from runs where finished_at is null
    union all
    select 'article ' || url || ' is never due' from articles a where gone_at is null and not exists (select from article_visits c where c.article_id = a.id)
    union all
    select 'thread of ' || a.url || ' was broken off' from threads t join articles a on a.id = t.article_id
    where t.incomplete_reason = 'interrupted' or t.next_check_at is null or t.checked_at is null`)
  return rows.map(({ what }) => what)
}

/** What went wrong in the last run, besides the feed that is gone: a busy machine may take longer than pages may. */
export async function lastFailures({ db }: OpenDatabase): Promise<string[]> {
  const rows = await db.execute<{ what: string }>(sql`
    select concat_ws(' ', class, url) as what from failures
    where run_id = (select max(id) from runs) and class <> 'gone'
    union all
    select concat('run ', id, ' ', outcome, ': ', error) from runs
    where id = (select max(id) from runs) and outcome not in ('done', 'partial')`)
  return rows.map(({ what }) => what)
}

/** Timers may fire a millisecond early, and two clocks round. */
const SLACK_MS = 3

/** @param starts where in the ledger of requests each process began. */
export function findImpolite(
  requests: readonly RequestRecord[],
  starts: readonly number[],
  delayMs: number,
): string[] {
  const impolite: string[] = []
  for (const [index, { at, path, inFlight }] of requests.entries()) {
    const gap = at - (requests[index - 1]?.at ?? Number.NEGATIVE_INFINITY)
    if (gap < delayMs - SLACK_MS) impolite.push(`${path} came ${gap} ms after the request before`)
    if (inFlight > 1) impolite.push(`${path} came while ${inFlight - 1} others were in flight`)
    if (path.startsWith('/private/')) impolite.push(`${path} is disallowed`)
  }
  for (const start of new Set(starts)) {
    const first = requests[start]
    if (first !== undefined && first.path !== '/robots.txt')
      impolite.push(`a process began with ${first.path}`)
  }
  return impolite
}
