import { sql } from 'drizzle-orm'
import { ERASED_NAME } from '../../privacy/protect-comment.ts'
import type { Alarm } from '../alarms.ts'
import type { Database } from '../client.ts'
import { jsonBatches } from '../json-rows.ts'

/** Takes addresses out of alarms, past and standing. The alarms stay: what they say of their sites is still so. */
export async function eraseFromAlarms(db: Database, urls: readonly string[]): Promise<void> {
  const rows = await db.execute<{ id: string; alarms: readonly Alarm[] }>(sql`
    select c.id::text, c.alarms from site_checks c where exists (
      select from json_array_elements_text(${JSON.stringify(urls)}::json) as url where position(url in c.alarms::text) > 0)`)
  const changed = rows.map(({ id, alarms }) => ({
    id: Number(id),
    alarms: alarms.map((alarm) => withoutUrls(alarm, urls)),
  }))
  for (const json of jsonBatches(changed))
    await db.execute(sql`
      update site_checks set alarms = r.alarms
      from json_to_recordset(${json}::json) as r(id bigint, alarms jsonb) where site_checks.id = r.id`)
}

function withoutUrls(alarm: Alarm, urls: readonly string[]): Alarm {
  const erase = (text: string) => urls.reduce(withoutUrl, text)
  return {
    ...alarm,
    message: erase(alarm.message),
    ...(alarm.subject === undefined ? {} : { subject: erase(alarm.subject) }),
    urls: alarm.urls.filter((url) => !urls.includes(url)),
  }
}

/** An address that goes on is another one. */
const withoutUrl = (text: string, url: string): string =>
  text.split(url).reduce((before, after) => `${before}${/^[^\s,;)]/.test(after) ? url : ERASED_NAME}${after}`)
