import type postgres from 'postgres'

/**
 * Drizzle asks for every statement to be parsed and planned anew, which takes a second round trip; they are few, so
 * each session prepares each of them once. `?prepare=false` in DATABASE_URL, for a pooler that mixes sessions, holds.
 */
export function preparing(client: postgres.Sql): postgres.Sql {
  const begin = client.begin.bind(client)
  prepareAlways(client)
  const beginPreparing = (...given: [work: Work] | [mode: string, work: Work]): Promise<unknown> => {
    const work = given.length === 1 ? given[0] : given[1]
    const prepared: Work = (transaction) => work(prepareAlways(transaction))
    return given.length === 1 ? begin(prepared) : begin(given[0], prepared)
  }
  return Object.assign(client, { begin: beginPreparing })
}

type Work = (transaction: postgres.TransactionSql) => unknown

function prepareAlways<Session extends postgres.TransactionSql | postgres.Sql>(session: Session): Session {
  const unsafe = session.unsafe.bind(session)
  const unsafePrepared: typeof unsafe = (query, parameters, options) =>
    unsafe(query, parameters, { ...options, prepare: true })
  return Object.assign(session, { unsafe: unsafePrepared })
}
