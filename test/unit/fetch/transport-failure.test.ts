import { expect, it } from 'vitest'
import { transportFailure } from '../../../src/crawlers/fetch/transport-failure.ts'
import { Failure } from '../../../src/failure.ts'

const url = 'https://news.example/a'

it.each<[string, boolean, string]>([
  ['CERT_HAS_EXPIRED', false, 'tls_error'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', false, 'tls_error'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', false, 'tls_error'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', false, 'tls_error'],
  ['ERR_SSL_UNSUPPORTED_PROTOCOL', false, 'tls_error'],
  ['ENOTFOUND', false, 'dns_error'],
  ['EAI_AGAIN', false, 'dns_error'],
  ['ETIMEDOUT', false, 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', false, 'timeout'],
  ['ECONNREFUSED', false, 'connection'],
  ['ECONNRESET', false, 'connection'],
  ['ECONNRESET', true, 'truncated'],
  ['UND_ERR_SOCKET', true, 'truncated'],
  ['UND_ERR_HEADERS_OVERFLOW', false, 'too_large'],
  ['SOMETHING_NEW', true, 'connection'],
])('%s (in the body: %s) is %s', (code, inBody, expected) => {
  const cause = Object.assign(new Error('as Node puts it'), { code })
  expect(transportFailure(cause, url, inBody)).toMatchObject({ class: expected, url, cause })
})

it('keeps a failure as it is, and gives it an address when it has none', () => {
  const known = new Failure('too_large', 'large', { url: 'https://other.example/' })
  expect(transportFailure(known, url, true)).toBe(known)
  expect(transportFailure(new Failure('private_address', 'inside'), url, false)).toMatchObject({
    class: 'private_address',
    message: 'inside',
    url,
  })
})
