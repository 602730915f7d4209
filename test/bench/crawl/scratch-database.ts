import postgres from 'postgres'
import { z } from 'zod'

/** An empty database on the server that is measured, dropped after use. */
export interface ScratchDatabase {
  readonly url: string
  /** Rows inserted, updated or deleted since it was made. */
  writtenRows(): Promise<number>
  /** @param query gives one text column, `line`. */
  digest(query: string): Promise<Digest>
  drop(): Promise<void>
}

export interface Digest {
  readonly lines: number
  readonly checksum: string
}

export async function makeDatabase(serverUrl: string, name: string): Promise<ScratchDatabase> {
  const admin = postgres(serverUrl, { max: 1, onnotice: () => undefined })
  await admin.unsafe(`drop database if exists ${name}`)
  await admin.unsafe(`create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    writtenRows: () => untilSteady(() => countWritten(url.href)),
    digest: (query) => digest(url.href, query),
    drop: async () => {
      await admin.unsafe(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}

const numberRow = z.tuple([z.object({ count: z.coerce.number() })])

async function countWritten(url: string): Promise<number> {
  return withClient(url, async (client) => {
    const rows = await client`
      select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) as count from pg_stat_user_tables`
    return numberRow.parse([...rows])[0].count
  })
}

/** Sessions report their counts as they end, a moment after their client has gone. */
async function untilSteady(count: () => Promise<number>): Promise<number> {
  let before = await count()
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 300))
    const now = await count()
    if (now === before) return now
    before = now
  }
  throw new Error('the count of written rows does not come to rest')
}

const digestRow = z.tuple([z.object({ lines: z.coerce.number(), checksum: z.string() })])

async function digest(url: string, query: string): Promise<Digest> {
  return withClient(url, async (client) => {
    const rows = await client.unsafe(`
      select count(*) as lines, md5(coalesce(string_agg(line, E'\\n' order by line collate "C"), '')) as checksum
      from (${query}) as lines`)
    return digestRow.parse([...rows])[0]
  })
}

async function withClient<Result>(
  url: string,
  work: (client: postgres.Sql) => Promise<Result>,
): Promise<Result> {
  const client = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
