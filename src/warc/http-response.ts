/** An HTTP response as it is archived (RFC 9112), its transfer coding undone. */
export interface HttpResponse {
  readonly status: number
  /** Lower-case names; values of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>
  /** As the server encoded it. */
  readonly body: Uint8Array
}

/** @returns null for what is no HTTP response. */
export function parseHttpResponse(block: Uint8Array): HttpResponse | null {
  const octets = Buffer.from(block.buffer, block.byteOffset, block.length)
  const { end, next } = endOfHead(octets)
  const [first = '', ...lines] = octets.toString('latin1', 0, end).split(/\r?\n/)
  const status = /^HTTP\/\d(?:\.\d)? (\d{3})(?: |$)/.exec(first)?.[1]
  if (status === undefined) return null
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const name = line.slice(0, colon).trim().toLowerCase()
    const value = line.slice(colon + 1).trim()
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`
  }
  const body = octets.subarray(next)
  const isChunked = /\bchunked\b/i.test(headers['transfer-encoding'] ?? '')
  return { status: Number(status), headers, body: (isChunked ? unchunked(body) : null) ?? body }
}

function endOfHead(octets: Buffer): { end: number; next: number } {
  const crlf = octets.indexOf('\r\n\r\n')
  const lf = octets.indexOf('\n\n')
  if (crlf >= 0 && (lf < 0 || crlf < lf)) return { end: crlf, next: crlf + 4 }
  return lf < 0 ? { end: octets.length, next: octets.length } : { end: lf, next: lf + 2 }
}

/** Null for what is not in chunks, as archives that undid them leave it, with the header that still names them. */
function unchunked(body: Buffer): Buffer | null {
  const chunks: Buffer[] = []
  for (let position = 0; ;) {
    const end = body.indexOf('\n', position)
    const size = /^([0-9a-f]{1,8})\s*(?:;.*)?$/i.exec(body.toString('latin1', position, end).trim())?.[1]
    if (end < 0 || size === undefined) return null
    const length = Number.parseInt(size, 16)
    if (length === 0) return Buffer.concat(chunks)
    const chunk = body.subarray(end + 1, end + 1 + length)
    if (chunk.length < length) return null
    chunks.push(chunk)
    const after = end + 1 + length
    position = body[after] === 0x0d ? after + 2 : after + 1
  }
}
