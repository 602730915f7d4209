import { type SQL, sql } from 'drizzle-orm'

/*
 * What a process holds in the database is named by its session, `OpenDatabase.session`, and is free as soon as that has
 * ended. Numbers of sessions are used again, so the moment at which one began belongs to its name.
 */

/** Of the session that a statement runs on. */
export const thisSession = {
  pid: sql`pg_backend_pid()`,
  startedAt: sql`(select backend_start from pg_stat_activity where pid = pg_backend_pid())`,
}

/** Whether a session has ended. That of another role shows no start. */
export const hasEnded = (pid: SQL, startedAt: SQL): SQL => sql`not exists (
  select from pg_stat_activity a where a.pid = ${pid} and (a.backend_start is null or a.backend_start = ${startedAt}))`
