import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lastWords } from '../../../src/db/server-socket.ts'

const message = (type: string, body: string): Buffer => {
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(4 + Buffer.byteLength(body), 1)
  return Buffer.concat([head, Buffer.from(body)])
}

const authenticated = message('R', '\0\0\0\0')
const refused = message(
  'E',
  'SFATAL\0VFATAL\0C53300\0Mtoo many connections for role "crawler"\0Fmiscinit.c\0L800\0\0',
)
const words = { code: '53300', message: 'too many connections for role "crawler"' }

describe('the last words of a server', () => {
  it('are the error that it ends with', () => {
    expect(lastWords(refused)).toEqual(words)
    expect(lastWords(Buffer.concat([authenticated, refused]))).toEqual(words)
  })

  it('are none where it went on, or said nothing, or not all of it', () => {
    expect(lastWords(Buffer.concat([refused, message('Z', 'I')]))).toBeNull()
    expect(lastWords(Buffer.alloc(0))).toBeNull()
    expect(lastWords(refused.subarray(0, -3))).toBeNull()
    expect(lastWords(message('E', 'SFATAL\0\0'))).toBeNull()
  })

  it('are looked for in any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const found = lastWords(Buffer.from(bytes))
        expect(found === null || typeof found.code === 'string').toBe(true)
      }),
    )
  })
})
