import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Failure } from '../../failure.ts'
import { canonicalUrl, urlHash } from '../../normalise/url.ts'
import type { StoredAnswer } from '../../stored-answers.ts'
import { type HttpResponse, parseHttpResponse } from '../../warc/http-response.ts'
import { readWarc, type WarcRecord } from '../../warc/read-warc.ts'
import { NOTE_HEADER } from '../../warc/write-warc.ts'
import { readBody } from '../fetch/decode-body.ts'
import { keptHeaders } from '../kept-answer.ts'

/** Pages are not longer; what is, is passed over. */
const MAX_BLOCK = 16 << 20
const MAX_BODY = 32 << 20

/** What was met in an archive and is no page, by what it was: `request`, `status 404`, `type image/png`, … */
export type Skipped = Map<string, number>

/**
 * The pages of a WARC file, and what our own exports hold beside them, as answers that were stored when they were
 * captured. All else is counted as skipped. @throws WarcError
 */
export async function* archivedAnswers(path: string, skipped: Skipped): AsyncGenerator<StoredAnswer> {
  const records = readWarc(path, { wants: isHttpResponse, maxBlock: MAX_BLOCK })
  for await (const record of records) {
    const answer = await answerOf(record)
    if (typeof answer !== 'string') yield answer
    else skipped.set(answer, (skipped.get(answer) ?? 0) + 1)
  }
}

function isHttpResponse({ type, fields }: Pick<WarcRecord, 'type' | 'fields'>): boolean {
  if (type !== 'response') return false
  const isHttp = /^application\/http\b/i.test(fields.get('content-type') ?? 'application/http')
  return isHttp && /^<?https?:\/\//i.test(fields.get('warc-target-uri') ?? '')
}

const noteShape = z.object({
  kind: z.enum(['article', 'part', 'comments', 'not_an_article']),
  requestHash: z.string(),
  headers: z.record(z.string(), z.string()),
})

/** @returns the answer, or why the record is none. */
async function answerOf(record: WarcRecord): Promise<StoredAnswer | string> {
  const { fields, block } = record
  const response = block === null ? null : parseHttpResponse(block)
  if (response === null) return whyUnread(record)
  const note = noteOf(fields)
  const reason = note === null ? whyNoPage(response, fields) : null
  if (reason !== null) return reason
  const url = addressOf(fields, note)
  const fetchedAt = new Date(fields.get('warc-date') ?? '')
  if (Number.isNaN(fetchedAt.getTime())) return 'without a date'
  const body = await decoded(url, response)
  if (body === null) return 'body that can not be decoded'
  const headers = keptHeaders(response.headers)
  return {
    url,
    ...(note === null
      ? { requestHash: urlHash(url), kind: 'article', headers }
      : { requestHash: note.requestHash, kind: note.kind, headers: { ...headers, ...note.headers } }),
    status: response.status,
    body,
    bodyHash: createHash('sha256').update(body).digest('hex'),
    fetchedAt,
  }
}

/** Ours are as they were asked for. In WARC 1.0 there are files with the address in angle brackets. */
function addressOf(fields: WarcRecord['fields'], note: Note | null): string {
  const target = (fields.get('warc-target-uri') ?? '').replace(/^<|>$/g, '')
  return note === null ? (canonicalUrl(target) ?? target) : target
}

function whyUnread({ type, fields, block }: WarcRecord): string {
  if (type !== 'response') return type
  return isHttpResponse({ type, fields }) && block === null
    ? 'over the size cap'
    : 'response that is not of HTTP'
}

/** Why a response of another program's archive is no page, or null. */
function whyNoPage({ status, headers }: HttpResponse, fields: WarcRecord['fields']): string | null {
  if (notedIn(fields) !== undefined) return 'source of articles'
  if (status !== 200) return `status ${status}`
  const type = headers['content-type'] ?? 'text/html'
  if (/^\s*(?:text\/html|application\/xhtml)/i.test(type)) return null
  return `type ${type.replace(/;.*/s, '').trim().toLowerCase().slice(0, 60)}`
}

type Note = z.infer<typeof noteShape>

const noteOf = (fields: WarcRecord['fields']): Note | null =>
  noteShape.safeParse(notedIn(fields)).data ?? null

/** What our own exports say of a record; undefined where nothing is said that can be read. */
function notedIn(fields: WarcRecord['fields']): unknown {
  try {
    return JSON.parse(fields.get(NOTE_HEADER.toLowerCase()) ?? '')
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

async function decoded(url: string, response: HttpResponse) {
  const contentEncoding = response.headers['content-encoding'] ?? null
  try {
    const options = {
      url,
      contentEncoding,
      maxBytes: MAX_BODY,
      atCap: 'fail',
      onWireBytes: () => undefined,
    } as const
    return (await readBody(once(response.body), options)).body
  } catch (error) {
    if (error instanceof Failure) return null
    throw error
  }
}

async function* once(octets: Uint8Array): AsyncGenerator<Uint8Array> {
  yield octets
}
