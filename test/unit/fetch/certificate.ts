import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** What a TLS server shows, as PEM. */
export interface Certificate {
  readonly name: string
  readonly key: string
  readonly cert: string
  readonly privateKey: KeyObject
}

export interface CertificateWish {
  readonly name: string
  readonly from: Date
  readonly until: Date
  /** Null: signs itself. */
  readonly issuer: Certificate | null
  readonly isAuthority: boolean
}

const identifiers = {
  ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
  commonName: [0x55, 0x04, 0x03],
  subjectAltName: [0x55, 0x1d, 0x11],
  basicConstraints: [0x55, 0x1d, 0x13],
} as const

/** Makes a certificate (RFC 5280 §4.1) for a host name, so that no key has to be kept with the tests. */
export function makeCertificate({ name, from, until, issuer, isAuthority }: CertificateWish): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = tagged(0x30, identifier('ecdsaWithSha256'))
  const extension = isAuthority
    ? tagged(
        0x30,
        identifier('basicConstraints'),
        tagged(0x01, Buffer.of(0xff)),
        tagged(0x04, tagged(0x30, tagged(0x01, Buffer.of(0xff)))),
      )
    : tagged(0x30, identifier('subjectAltName'), tagged(0x04, tagged(0x30, tagged(0x82, Buffer.from(name)))))
  const content = tagged(
    0x30,
    tagged(0xa0, tagged(0x02, Buffer.of(2))),
    tagged(0x02, Buffer.concat([Buffer.of(0x01), randomBytes(8)])),
    algorithm,
    distinguishedName(issuer?.name ?? name),
    tagged(0x30, time(from), time(until)),
    distinguishedName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, tagged(0x30, extension)),
  )
  const signature = sign('sha256', content, issuer?.privateKey ?? privateKey)
  const der = tagged(0x30, content, algorithm, tagged(0x03, Buffer.of(0), signature))
  const lines = der.toString('base64').replace(/.{64}/g, '$&\n')
  return {
    name,
    privateKey,
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  }
}

const identifier = (name: keyof typeof identifiers): Buffer => tagged(0x06, Buffer.from(identifiers[name]))

const distinguishedName = (name: string): Buffer =>
  tagged(0x30, tagged(0x31, tagged(0x30, identifier('commonName'), tagged(0x0c, Buffer.from(name)))))

const time = (at: Date): Buffer => tagged(0x18, Buffer.from(at.toISOString().replace(/[-:T]|\.\d+/g, '')))

/** One value of DER: tag, length, content. */
function tagged(tag: number, ...content: readonly Buffer[]): Buffer {
  const value = Buffer.concat(content)
  const short = value.length < 0x80
  const length = short ? Buffer.of(value.length) : Buffer.of(0x82, value.length >> 8, value.length & 0xff)
  return Buffer.concat([Buffer.of(tag), length, value])
}
