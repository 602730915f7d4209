import { sql } from 'drizzle-orm'
import type { OpenDatabase } from '../../../src/db/client.ts'
import { commentsOn, type SimulatedSites } from './sites.ts'

/** @returns a line for each article that is not held exactly as its site has it, with its comments in their order. */
export async function findLostPages({ db }: OpenDatabase, { sites }: SimulatedSites): Promise<string[]> {
  const rows = await db.execute<{ url: string; comments: string[] }>(sql`
    select a.url, array(select c.body_text from comments c
      where c.article_id = a.id and c.state = 'visible' order by c.position) as comments
    from articles a where a.gone_at is null`)
  const held = new Map(rows.map(({ url, comments }) => [url, comments.join('\n')]))
  return sites
    .flatMap(({ articles }) => articles)
    .filter((url) => held.get(url) !== commentsOn(new URL(url).pathname).join('\n'))
    .map((url) => `${url} is held with: ${held.get(url) ?? 'nothing'}`)
}
