import { sql } from 'drizzle-orm'
import type { ThreadAddress, ThreadMemory } from '../clocks.ts'
import { articles } from './articles.ts'
import type { Database } from './client.ts'
import { comments } from './comments.ts'
import { threads } from './threads.ts'

/** What is known of a thread that may be read in part, else null; see `SiteStore.threadMemory`. */
export async function findThreadMemory(
  db: Database,
  siteId: string,
  { urlHash, platform, nativeId }: ThreadAddress,
): Promise<ThreadMemory | null> {
  const { id, pageOrder, reportedCount, fullCheckedAt, partialChecks } = threads
  const [row] = await db
    .select({ id, pageOrder, reportedCount, fullCheckedAt, partialChecks })
    .from(threads)
    .innerJoin(articles, sql`${articles.id} = ${threads.articleId}`)
    .where(
      sql`${articles.siteId} = ${siteId} and ${articles.urlHash} = ${urlHash}
        and ${threads.platform} = ${platform} and ${threads.nativeId} = ${nativeId}
        and (${threads.incompleteReason} is null or ${threads.incompleteReason} = 'shortfall')
        and not exists (select 1 from comments c where c.thread_id = ${threads.id}
          and c.missing_since is not null and c.state <> 'removed')`,
    )
  if (row === undefined || row.pageOrder === null || row.fullCheckedAt === null) return null
  return { ...row, pageOrder: row.pageOrder, fullCheckedAt: row.fullCheckedAt }
}

/** Which of these comments of a thread are held, by native id. */
export async function findHeldIds(
  db: Database,
  threadId: number,
  nativeIds: readonly string[],
): Promise<Set<string>> {
  const rows = await db
    .select({ nativeId: comments.nativeId })
    .from(comments)
    .where(
      sql`${comments.threadId} = ${threadId} and ${comments.nativeId} in
        (select json_array_elements_text(${JSON.stringify(nativeIds)}::json))`,
    )
  return new Set(rows.map(({ nativeId }) => nativeId))
}
