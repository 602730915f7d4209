import type { OpenDatabase } from '../../src/db/client.ts'

/** A statement as the driver sends it. */
export interface SentStatement {
  readonly text: string
  readonly parameters: readonly unknown[]
}

/** The statements that some work takes, with what they were sent with. */
export async function sentBy({ db }: OpenDatabase, work: () => Promise<unknown>): Promise<SentStatement[]> {
  const statements: SentStatement[] = []
  const { options } = db.$client
  options.debug = (_connection, text, parameters) => void statements.push({ text: text.trim(), parameters })
  await work()
  options.debug = false
  return statements
}

/** The statements that some work takes. */
export async function statementsOf(database: OpenDatabase, work: () => Promise<unknown>): Promise<string[]> {
  return (await sentBy(database, work)).map(({ text }) => text)
}
