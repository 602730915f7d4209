/** First octets of formats that hold no page, feed or JSON, whatever the headers say. */
const signatures: readonly { readonly name: string; readonly at: number; readonly octets: string }[] = [
  { name: 'PDF', at: 0, octets: '%PDF-' },
  { name: 'ZIP', at: 0, octets: 'PK\u0003\u0004' },
  { name: 'PNG', at: 0, octets: '\u0089PNG\r\n' },
  { name: 'JPEG', at: 0, octets: '\u00FF\u00D8\u00FF' },
  { name: 'GIF', at: 0, octets: 'GIF8' },
  { name: 'RAR', at: 0, octets: 'Rar!\u001A\u0007' },
  { name: '7z', at: 0, octets: '7z\u00BC\u00AF\u0027\u001C' },
  { name: 'MP4', at: 4, octets: 'ftyp' },
  { name: 'Ogg', at: 0, octets: 'OggS\u0000' },
  { name: 'Matroska', at: 0, octets: '\u001A\u0045\u00DF\u00A3' },
  { name: 'WebP or WAV', at: 0, octets: 'RIFF' },
  { name: 'MP3', at: 0, octets: 'ID3' },
]

/** Octets that `binaryFormat` wants to see. */
export const signatureLength = 12

/** The name of the binary format that a body begins as, or null when it may be text. */
export function binaryFormat(head: Uint8Array): string | null {
  const start = Buffer.from(head.subarray(0, signatureLength)).toString('latin1')
  return signatures.find(({ at, octets }) => start.startsWith(octets, at))?.name ?? null
}
