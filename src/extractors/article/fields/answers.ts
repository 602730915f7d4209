import type { FieldRule } from '../article.ts'

/** One way to a field's value. */
export interface Way<Value> {
  readonly rule: FieldRule
  /** Null when the page says nothing this way. */
  readonly read: () => Value | null
}

/** What a rule found. */
export interface Answer<Value> {
  readonly rule: FieldRule
  readonly value: Value
}

/** The answer that a field takes; none is a rule too. */
export interface Choice<Value> {
  readonly rule: FieldRule
  readonly value: Value | null
}

export type AnswerValue = string | Date | readonly string[] | number

/**
 * Takes down what every rule of a field answers, the winner first. A crawl needs the winner alone and brings none;
 * `inspect` shows the runners-up too.
 */
export type Ballot = Map<string, readonly Answer<AnswerValue>[]>

/** The same way, for those who may ask it more than once. */
export function readOnce<Value>({ rule, read }: Way<Value>): Way<Value> {
  let known: Value | null | undefined
  return { rule, read: () => (known === undefined ? (known = read()) : known) }
}

/** Asks one way after the other, and no further than answers are taken. */
export function* answersOf<Value>(ways: Iterable<Way<Value>>): Generator<Answer<Value>, undefined> {
  for (const { rule, read } of ways) {
    const value = read()
    if (value !== null) yield { rule, value }
  }
}

/** The first answer; the others are asked for only where somebody takes them down. */
export function takeFirst<Value>(
  answers: Iterator<Answer<Value>, undefined> & Iterable<Answer<Value>>,
  takeDown: ((all: readonly Answer<Value>[]) => void) | null,
): Choice<Value> {
  if (takeDown === null) return answers.next().value ?? nothing
  const all = [...answers]
  takeDown(all)
  return all[0] ?? nothing
}

const nothing = { rule: 'none', value: null } as const
