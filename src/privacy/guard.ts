import type { Comment } from '../extractors/comments/platform.ts'
import { namesWith, replaceNames, type WantedNames } from './names-in-text.ts'
import { apostropheForms, nameKey, type Privacy, type PrivacyKey } from './privacy-key.ts'
import {
  ERASED_NAME,
  erasedComment,
  namelessComment,
  withoutContacts,
  withoutQuotes,
  withReplacedNames,
  wordlessComment,
} from './protect-comment.ts'

/** What was erased, as keyed hashes only. */
export interface ErasureList {
  /** Keys of writers whose comments are not to be held: names and keys, by `writerHash`. */
  readonly writers: ReadonlySet<string>
  /** Names that are not to be held in texts, by `nameHash`. */
  readonly names: ReadonlySet<string>
  /** Letters of the names' keys, so that not every word has to be hashed. */
  readonly lengths: ReadonlySet<number>
  readonly mostWords: number
  /** Pages that are not to be held, by `pageHash` of the hash of their address. */
  readonly pages: ReadonlySet<string>
}

/** What a site's declaration says of its writers. */
export interface PrivacyRules {
  readonly privacy: Privacy
  /** Family of sites, or the site: within it a writer has one pseudonym. */
  readonly scope: string
  /** Days for which names, and words, are kept after a comment was published; null: for good. */
  readonly nameDays: number | null
  readonly commentDays: number | null
}

export const writerHash = (key: PrivacyKey, kind: 'name' | 'key', scope: string, value: string): string =>
  key.hash(`erased ${kind}`, kind === 'key' ? scope : '', kind === 'key' ? value : nameKey(value))

export const nameHash = (key: PrivacyKey, name: string): string => key.hash('erased mention', nameKey(name))

export const pageHash = (key: PrivacyKey, urlHash: string): string => key.hash('erased page', urlHash)

/** Makes comments what may be held of them, before they are stored. */
export class Guard {
  readonly #key: PrivacyKey | null
  readonly #rules: PrivacyRules
  readonly #erased: ErasureList
  /** Names of writers met in a thread, by the thread: later pages of it mention them too. */
  readonly #writers = new Map<string, Map<string, string>>()

  constructor(key: PrivacyKey | null, rules: PrivacyRules, erased: ErasureList) {
    this.#key = key
    this.#rules = rules
    this.#erased = erased
  }

  /** The key of a reading under these rules: under others the same page brings something else. */
  ruled(readingKey: string): string {
    return `${this.#rules.privacy} ${readingKey}`
  }

  /** Whether stored pages would tell what the database may not. */
  get hidesNames(): boolean {
    return this.#rules.privacy !== 'names'
  }

  isErasedPage(urlHash: string): boolean {
    const { pages } = this.#erased
    return this.#key !== null && pages.size > 0 && pages.has(pageHash(this.#key, urlHash))
  }

  /** Whether a text mentions an erased person. @param textOf is asked only where there is any such person. */
  mentionsErased(textOf: () => string): boolean {
    const names = this.#erasedNames()
    if (names.mostWords === 0) return false
    const text = textOf()
    return replaceNames(text, names) !== text
  }

  /**
   * The id that a comment is held under. Where a page names none, ours is made from name, time and words; who has time
   * and words could try names against it, so that it is hashed with the key where names are hidden.
   */
  commentId(id: string): string {
    const [, own, copy = ''] = /^([0-9a-f]{24})(~\d+)?$/.exec(id) ?? []
    if (own === undefined || !this.hidesNames) return id
    return `${this.#needKey().hash('comment', this.#rules.scope, own).slice(0, 24)}${copy}`
  }

  /** Whether a name was erased, by itself or by its pseudonym: who erases may know either. */
  isErasedName(name: string): boolean {
    return this.#isWriter('name', (key) => [...apostropheForms(name), key.pseudonym(this.#rules.scope, name)])
  }

  /**
   * @param thread names the thread, for what its pages say of each other.
   * @param seenAt when they were read from their site, which may be long ago.
   * @returns the comments, and whether any of them was touched for the sake of an erased person.
   */
  protect(
    thread: string,
    comments: readonly Comment[],
    { seenAt, now }: { readonly seenAt: Date; readonly now: Date },
  ): { comments: Comment[]; hasErased: boolean } {
    const erasedIds = new Set(
      comments.filter((comment) => this.#isErased(comment)).map(({ nativeId }) => nativeId),
    )
    const names = this.#namesOf(thread, comments)
    let hasErased = erasedIds.size > 0
    const held = comments.map((comment) => {
      if (erasedIds.has(comment.nativeId)) return erasedComment(comment)
      const kept = this.#withoutErased(comment, erasedIds)
      if (kept !== comment) hasErased = true
      // A mailbox often holds its writer's name: it goes first, as a whole.
      const spared = this.hidesNames ? withoutContacts(kept) : kept
      return this.#aged(this.#renamed(withReplacedNames(spared, names)), seenAt, now)
    })
    const ids = (id: string) => this.commentId(id)
    return { comments: this.hidesNames ? held.map((comment) => withIds(comment, ids)) : held, hasErased }
  }

  #isErased({ authorName, authorDisplay, authorKey }: Comment): boolean {
    return (
      (authorName !== null && this.isErasedName(authorName)) ||
      (authorDisplay !== null && this.isErasedName(authorDisplay)) ||
      (authorKey !== null &&
        this.#isWriter('key', (key) => [authorKey, key.writerKey(this.#rules.scope, authorKey)]))
    )
  }

  #isWriter(kind: 'name' | 'key', formsOf: (key: PrivacyKey) => readonly string[]): boolean {
    const [key, { writers }] = [this.#key, this.#erased]
    if (key === null || writers.size === 0) return false
    return formsOf(key).some((form) => writers.has(writerHash(key, kind, this.#rules.scope, form)))
  }

  #withoutErased(comment: Comment, erasedIds: ReadonlySet<string>): Comment {
    const kept = withoutQuotes(
      comment,
      ({ author, nativeId }) =>
        (nativeId !== null && erasedIds.has(nativeId)) || (author !== null && this.isErasedName(author)),
    )
    const names = this.#erasedNames()
    if (names.mostWords === 0) return kept
    const replaced = withReplacedNames(kept, names)
    const isSame = replaced.bodyHtml === kept.bodyHtml && replaced.bodyText === kept.bodyText
    const isQuoteSame = replaced.quotes.every((quote, index) => quote.text === kept.quotes[index]?.text)
    return isSame && isQuoteSame ? kept : replaced
  }

  #erasedNames(): WantedNames {
    const { names, lengths, mostWords } = this.#erased
    const key = this.#key
    if (key === null || names.size === 0) return nobody
    return {
      mostWords,
      replacementOf: (name) =>
        lengths.has(name.length) && apostropheForms(name).some((form) => names.has(nameHash(key, form)))
          ? ERASED_NAME
          : null,
    }
  }

  /** The writers of a thread with what stands in for their names. */
  #namesOf(thread: string, comments: readonly Comment[]): WantedNames {
    if (!this.hidesNames) return nobody
    const known = this.#writers.get(thread) ?? new Map<string, string>()
    this.#writers.set(thread, known)
    for (const { authorName, authorDisplay, quotes } of comments) {
      for (const name of [authorName, authorDisplay, ...quotes.map(({ author }) => author)])
        if (name !== null && !known.has(name)) known.set(name, this.#mentionOf(name))
    }
    return namesWith(known, (name) => this.#mentionOf(name))
  }

  /** What stands where a writer is named: what stands in for the name, unless that itself was erased. */
  #mentionOf(name: string): string {
    const standIn = this.#standIn(name)
    return this.#erasedNames().replacementOf(nameKey(standIn), false) ?? standIn
  }

  #standIn(name: string): string {
    if (this.#rules.privacy === 'nameless') return NAMELESS
    return this.#needKey().pseudonym(this.#rules.scope, name)
  }

  #needKey(): PrivacyKey {
    if (this.#key === null) throw new TypeError('pseudonyms need a key')
    return this.#key
  }

  #renamed(comment: Comment): Comment {
    const { privacy, scope } = this.#rules
    if (privacy === 'names') return comment
    const hidden = namelessComment(comment)
    if (privacy === 'nameless')
      return { ...hidden, quotes: comment.quotes.map((quote) => ({ ...quote, author: null })) }
    const { authorName, authorDisplay, authorKey } = comment
    return {
      ...hidden,
      authorName: authorName === null ? null : this.#standIn(authorName),
      authorDisplay: authorDisplay === null ? null : this.#standIn(authorDisplay),
      authorKey: authorKey === null ? null : this.#needKey().writerKey(scope, authorKey),
    }
  }

  /** Whether names, and words, of that time are kept no more. */
  retentionAt(writtenAt: Date, now: Date): { areNamesOver: boolean; areWordsOver: boolean } {
    const { nameDays, commentDays } = this.#rules
    const age = (now.getTime() - writtenAt.getTime()) / 86_400_000
    return {
      areNamesOver: nameDays !== null && age > nameDays,
      areWordsOver: commentDays !== null && age > commentDays,
    }
  }

  #aged(comment: Comment, seenAt: Date, now: Date): Comment {
    const { areNamesOver, areWordsOver } = this.retentionAt(comment.publishedAt ?? seenAt, now)
    const named = areNamesOver ? namelessComment(comment) : comment
    return areWordsOver ? wordlessComment(named) : named
  }
}

const withIds = (comment: Comment, idOf: (id: string) => string): Comment => ({
  ...comment,
  nativeId: idOf(comment.nativeId),
  parentNativeId: comment.parentNativeId === null ? null : idOf(comment.parentNativeId),
  quotes: comment.quotes.map((quote) => ({
    ...quote,
    nativeId: quote.nativeId === null ? null : idOf(quote.nativeId),
  })),
})

/** Stands in texts where a writer was named, on sites whose writers are held without names. */
const NAMELESS = '[name]'

const nobody: WantedNames = { replacementOf: () => null, mostWords: 0 }
