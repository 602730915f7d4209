import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Failure } from '../../failure.ts'
import { canonicalUrl, urlHash } from '../../normalise/url.ts'
import type { StoredAnswer } from '../../store.ts'
import { parseHttpResponse } from '../../warc/http-response.ts'
import { readWarc, type WarcRecord } from '../../warc/read-warc.ts'
import { NOTE_HEADER } from '../../warc/write-warc.ts'
import { readBody } from '../fetch/decode-body.ts'
import { keptHeaders } from '../pass.ts'

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
async function answerOf({ type, fields, block }: WarcRecord): Promise<StoredAnswer | string> {
  if (!isHttpResponse({ type, fields })) return type === 'response' ? 'response that is not of HTTP' : type
  if (block === null) return 'over the size cap'
  const response = parseHttpResponse(block)
  if (response === null) return 'response that is not of HTTP'
  const note = noteOf(fields)
  if (note === null && fields.has(NOTE_HEADER.toLowerCase())) return 'source of articles'
  if (response.status !== 200 && note === null) return `status ${response.status}`
  const { 'content-type': contentType = 'text/html' } = response.headers
  if (note === null && !/^\s*(?:text\/html|application\/xhtml)/i.test(contentType))
    return `type ${contentType.replace(/;.*/s, '').trim().toLowerCase().slice(0, 60)}`
  // WARC 1.0 has files with the address in angle brackets.
  const url = (fields.get('warc-target-uri') ?? '').replace(/^<|>$/g, '')
  const fetchedAt = new Date(fields.get('warc-date') ?? '')
  if (Number.isNaN(fetchedAt.getTime())) return 'without a date'
  const body = await decoded(url, response)
  if (body === null) return 'body that can not be decoded'
  return {
    url: note === null ? (canonicalUrl(url) ?? url) : url,
    requestHash: note?.requestHash ?? urlHash(canonicalUrl(url) ?? url),
    kind: note?.kind ?? 'article',
    status: response.status,
    headers: { ...keptHeaders(response.headers), ...note?.headers },
    body,
    bodyHash: createHash('sha256').update(body).digest('hex'),
    fetchedAt,
  }
}

function noteOf(fields: WarcRecord['fields']): z.infer<typeof noteShape> | null {
  const note = fields.get(NOTE_HEADER.toLowerCase())
  if (note === undefined || !/^\{.*\}$/s.test(note)) return null
  return noteShape.safeParse(JSON.parse(note)).data ?? null
}

async function decoded(
  url: string,
  response: { headers: Readonly<Record<string, string>>; body: Uint8Array },
) {
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
