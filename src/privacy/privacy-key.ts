import { createHmac } from 'node:crypto'

/** How a site's writers are held: by the names that they go by, under pseudonyms, or without any. */
export type Privacy = 'names' | 'pseudonymise' | 'nameless'

/**
 * The secret that pseudonyms and the list of erasures are made with (HMAC-SHA-256, RFC 2104). It is kept outside the
 * database, so that who has only the database can neither undo a pseudonym nor try names against it.
 */
export class PrivacyKey {
  readonly #secret: string

  constructor(secret: string) {
    this.#secret = secret
  }

  /** 128 bits in hexadecimal. @param purpose keeps hashes of one use from being compared with those of another. */
  hash(purpose: string, ...values: readonly string[]): string {
    const hmac = createHmac('sha256', this.#secret).update(purpose)
    for (const value of values) hmac.update(`\n${Buffer.byteLength(value)}\n`).update(value)
    return hmac.digest('hex').slice(0, 32)
  }

  /** Tells whether another key is this one, and nothing else of it. */
  get checkValue(): string {
    return this.hash('key check')
  }

  /** The same for a name wherever it is met in a scope: a family of sites, or a site. */
  pseudonym(scope: string, name: string): string {
    return `reader-${this.hash('pseudonym', scope, nameKey(name)).slice(0, 14)}`
  }

  /** What stands in for a writer's key in a scope. */
  writerKey(scope: string, authorKey: string): string {
    return `key-${this.hash('writer', scope, authorKey).slice(0, 20)}`
  }
}

/** A name as it is compared: without case, white space and ornaments. Empty where it has no letter or digit. */
export function nameKey(name: string): string {
  return [...name.normalize('NFKC').toLowerCase().matchAll(nameWord)].map(([word]) => word).join(' ')
}

/** A name with each sign that is written for an apostrophe: sites put one in the place of the other. */
export function apostropheForms(name: string): string[] {
  return [...new Set([name, name.replaceAll('’', "'"), name.replaceAll("'", '’')])]
}

/** What a name is made of, in its own text and in others. */
export const nameWord = /[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_.'’-]*[\p{L}\p{M}\p{N}_])?/gu
