import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { queryReadOnly } from '../../src/db/read-only.ts'
import { readRecipes } from './cookbook-page.ts'
import { describeEachDatabase } from './each-database.ts'
import { fillWithComments } from './many-comments.ts'
import { planOf, pretendToHold } from './query-plan.ts'

/** Rows that there are. COMMENTARIAT_TEST_COMMENTS=1000000 makes all of them, which takes minutes. */
const filled = Number(process.env['COMMENTARIAT_TEST_COMMENTS'] ?? 20_000)
const million = 1_000_000

/** What grows with the comments; a plan that reads one of these from end to end does not last. */
const large = new Set(['comments', 'comment_revisions', 'comment_states', 'captures'])

describeEachDatabase('with a million comments', (open) => {
  vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 })

  beforeAll(async () => {
    await fillWithComments(open(), filled)
    if (filled < million) await pretendToHold(open(), million / filled)
  })

  it('is what the planner reckons with', async () => {
    const [row] = await open().db.execute(sql`explain (format json) select * from comments`)
    expect(JSON.stringify(row)).toMatch(/"Plan Rows":(?:9[5-9]\d{4}|10[0-4]\d{4})\b/)
  })

  it.each(readRecipes())('goes by index: $question', async ({ query }) => {
    const { readWhole, indexes } = await planOf(open(), query)
    expect(readWhole.filter((table) => large.has(table))).toEqual([])
    if (query.includes('comment')) expect(indexes).not.toEqual([])
  })

  it('takes the tree of an article for no more work than it is, and compiles nothing for it', async () => {
    // Of those that hold the most, if such were met, the planner knows.
    const [article] = await open().db.execute(sql`
      select max(id)::int as id from articles where id <> all (
        select unnest(most_common_vals::text::bigint[]) from pg_stats where tablename = 'comments' and attname = 'article_id')`)
    const query = `select * from comment_tree where article_id = ${Number(article?.['id'])} order by path`
    const [row] = await open().db.execute(sql.raw(`explain (format json) ${query}`))
    const [, cost] = /"Total Cost":(\d+)/.exec(JSON.stringify(row)) ?? []
    // PostgreSQL's own `jit_above_cost`.
    expect(Number(cost)).toBeLessThan(100_000)
  })

  it('would be seen to read all of them', async () => {
    const { readWhole } = await planOf(open(), 'select state, count(*) from comments group by 1')
    expect(readWhole).toEqual(['comments'])
  })
})

describeEachDatabase('an empty database', (open) => {
  it.each(readRecipes())('takes: $question', async ({ query }) => {
    const { rows, columns } = await queryReadOnly(open(), query)
    expect(columns.length).toBeGreaterThan(0)
    // Hours are there whether anybody wrote in them or not.
    if (!query.includes('generate_series')) expect(rows).toEqual([])
  })
})

describe('the cookbook', () => {
  it('has its questions read', () => {
    expect(readRecipes().length).toBeGreaterThanOrEqual(25)
  })
})
