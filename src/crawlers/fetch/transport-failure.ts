import { Failure, type FailureClass } from '../../failure.ts'

/** Codes of Node and undici, by what they mean for the page. The first pattern that matches decides. */
const classOfCode: readonly (readonly [RegExp, FailureClass])[] = [
  [/^(?:UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT|ETIMEDOUT)$/, 'timeout'],
  [/^(?:ENOTFOUND|ENODATA|ESERVFAIL|EAI_)/, 'dns_error'],
  [
    /^(?:CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|EPROTO|INVALID_CA)/,
    'tls_error',
  ],
  [/^UND_ERR_(?:HEADERS_OVERFLOW|RES_EXCEEDED_MAX_SIZE)$/, 'too_large'],
  [/^UND_ERR_RES_CONTENT_LENGTH_MISMATCH$/, 'truncated'],
  [/^UND_ERR_INVALID_ARG$/, 'bad_url'],
]

/** Sockets that close with these, before any header, may have been left over from an earlier request. */
const closedSocket = /^(?:UND_ERR_SOCKET|ECONNRESET|EPIPE)$/

/** What became of an exchange that gave no whole answer. `inBody`: the headers had arrived. */
export function transportFailure(error: unknown, url: string, inBody: boolean): Failure {
  if (error instanceof Failure) {
    if (error.url !== null) return error
    return new Failure(error.class, error.message, { url, cause: error.cause })
  }
  const code = codeOf(error)
  if (inBody && closedSocket.test(code)) {
    return new Failure('truncated', `the body of ${url} ends early`, { url, cause: error })
  }
  const failureClass = classOfCode.find(([pattern]) => pattern.test(code))?.[1] ?? 'connection'
  const detail = error instanceof Error ? error.message : 'unknown error'
  const what = inBody ? `the answer of ${url} broke off` : `no answer from ${new URL(url).host}`
  return new Failure(failureClass, `${what}: ${detail}`, { url, cause: error })
}

export function isClosedSocket(error: unknown): boolean {
  return closedSocket.test(codeOf(error))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
