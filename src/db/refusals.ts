/** The database does not answer. */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable'
}

/** The database's schema is not the one that this code works with. */
export class WrongSchemaVersion extends Error {
  override readonly name = 'WrongSchemaVersion'
}
