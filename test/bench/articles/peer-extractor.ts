import { parseDocument } from 'htmlparser2'
import { z } from 'zod'
import { htmlToText } from '../../../src/normalise/html.ts'
import { nothing, type Prediction } from './page.ts'

/** What the modules in `peers` bring: the peer's own answer, with its fields renamed. */
export interface Peer {
  extract(html: string, url: string): unknown
}

const answerShape = z
  .object({
    title: z.string().nullish(),
    byline: z.string().nullish(),
    published: z.string().nullish(),
    language: z.string().nullish(),
    html: z.string().nullish(),
  })
  .nullable()

/** The markup that a peer answers is made into text the way that suits it best: blocks on lines of their own. */
export function predictionOf(answer: unknown): Prediction {
  const told = answerShape.parse(answer)
  if (told === null) return nothing
  return {
    title: told.title ?? null,
    authors: authorsOf(told.byline ?? ''),
    published: told.published ?? null,
    language: told.language ?? null,
    body: htmlToText(parseDocument(told.html ?? '')),
  }
}

/** Peers answer a byline; taken apart, so that they are not marked down for the form. */
function authorsOf(byline: string): string[] {
  return byline
    .replace(/^\s*(?:by|von|par|por|di|av|af|door)\b:?\s+/i, '')
    .split(/\s*(?:[,;|/•\n]|\s(?:and|und|et|y|e|og|och|en|&)\s)\s*/)
    .filter((name) => name !== '')
}

export function isPeer(loaded: unknown): loaded is Peer {
  return (
    typeof loaded === 'object' &&
    loaded !== null &&
    'extract' in loaded &&
    typeof loaded.extract === 'function'
  )
}
