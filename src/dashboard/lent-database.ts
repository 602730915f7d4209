import { type DatabaseSettings, type OpenDatabase, openDatabase } from '../db/client.ts'
import { requireSchema } from '../db/migrate.ts'
import { readOnly } from '../db/read-only.ts'

/** An embedded database is for one process at a time, so it is given back when nobody has looked at it for so long. */
const IDLE_MILLISECONDS = 5000

/**
 * The database for as long as somebody looks at pages: a server stays connected, an embedded one is closed between, so
 * that crawls and the other commands can have it.
 */
export class LentDatabase {
  readonly #settings: DatabaseSettings
  readonly #idleMilliseconds: number
  #open: Promise<OpenDatabase> | null
  #closing: Promise<void> = Promise.resolve()
  #readers = 0
  #idle: NodeJS.Timeout | null = null

  /** @param open the database of these settings, which from now on is closed here. */
  constructor(settings: DatabaseSettings, open: OpenDatabase, idleMilliseconds = IDLE_MILLISECONDS) {
    this.#settings = settings
    this.#idleMilliseconds = idleMilliseconds
    this.#open = Promise.resolve(open)
  }

  /**
   * Reads on one snapshot.
   * @throws DatabaseInUse, DatabaseUnreachable, WrongSchemaVersion
   */
  async read<Result>(work: Parameters<typeof readOnly<Result>>[1]): Promise<Result> {
    this.#readers += 1
    if (this.#idle !== null) clearTimeout(this.#idle)
    try {
      const open = await this.#opened()
      await requireSchema(open)
      return await readOnly(open, work)
    } finally {
      this.#readers -= 1
      this.#rest()
    }
  }

  /** Gives the database back; the next reader opens it again. */
  close(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle)
    const open = this.#open
    this.#open = null
    if (open !== null) this.#closing = open.then((database) => database.close())
    return this.#closing
  }

  #opened(): Promise<OpenDatabase> {
    this.#open ??= this.#openAgain()
    return this.#open
  }

  async #openAgain(): Promise<OpenDatabase> {
    try {
      // Whether it was closed as it should be shows in whether it opens.
      await this.#closing.catch(() => undefined)
      return await openDatabase(this.#settings)
    } catch (error) {
      this.#open = null
      throw error
    }
  }

  #rest(): void {
    if (this.#readers > 0 || this.#open === null || this.#settings.databaseUrl !== null) return
    this.#idle = setTimeout(() => void this.close().catch(() => undefined), this.#idleMilliseconds)
  }
}
