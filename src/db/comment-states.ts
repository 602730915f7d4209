import { sql } from 'drizzle-orm'
import { index, pgTable, text } from 'drizzle-orm/pg-core'
import type { CommentState } from '../extractors/comments/platform.ts'
import type { Database } from './client.ts'
import { moment, reference } from './columns.ts'
import { comments } from './comments.ts'
import { jsonBatches } from './json-rows.ts'

/**
 * How a change of state was known: by absence in two complete passes, by the platform's own mark or a text that
 * stands in for the writer's words, because the comment was shown, or because its id was given to another one.
 */
type StateEvidence = 'absence' | 'platform' | 'shown' | 'reused'

/** Every change of a comment's state after it was first seen. The words are the same before and after. */
export const commentStates = pgTable(
  'comment_states',
  {
    commentId: reference('comment_id')
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    at: moment('at').notNull(),
    formerState: text('former_state').$type<CommentState>().notNull(),
    state: text('state').$type<CommentState>().notNull(),
    evidence: text('evidence').$type<StateEvidence>().notNull(),
  },
  (table) => [index('comment_states_comment_id_at_idx').on(table.commentId, table.at)],
)

/** A comment whose words are no longer shown, and what became of it. */
export interface Withdrawal {
  readonly id: number
  readonly state: Exclude<CommentState, 'visible'>
}

/** Takes over that comments are shown no longer; the words that were read of them stay. */
export async function withdrawComments(
  db: Database,
  withdrawals: readonly Withdrawal[],
  evidence: Exclude<StateEvidence, 'shown'>,
  at: Date,
): Promise<void> {
  await noteStates(db, withdrawals, evidence, at)
  for (const json of jsonBatches(withdrawals)) {
    await db.execute(sql`
      update comments set state = r.state,
        removed_at = case when r.state = 'removed' then coalesce(removed_at, ${at.toISOString()}::timestamptz) end,
        missing_since = case when r.state = 'removed' then missing_since end
      from json_to_recordset(${json}::json) as r(id bigint, state text)
      where comments.id = r.id`)
  }
}

/** Remembers the changes of state among these comments, before they are made. */
export async function noteStates(
  db: Database,
  changes: readonly { readonly id: number; readonly state: CommentState }[],
  evidence: StateEvidence,
  at: Date,
): Promise<void> {
  for (const json of jsonBatches(changes.map(({ id, state }) => ({ id, state })))) {
    await db.execute(sql`
      insert into comment_states (comment_id, at, former_state, state, evidence)
      select c.id, ${at.toISOString()}::timestamptz, c.state, r.state, ${evidence}::text
      from json_to_recordset(${json}::json) as r(id bigint, state text)
      join comments c on c.id = r.id
      where c.state <> r.state`)
  }
}
