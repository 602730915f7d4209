/** Bytes of a page in which its own declaration is looked for; browsers stop at 1,024, publishers do not. */
const prescanLength = 8_192

/** Names in use that the WHATWG Encoding Standard does not list. */
const furtherLabels: Readonly<Record<string, string>> = {
  utf8mb4: 'utf-8',
  utf_8: 'utf-8',
  'cp-1251': 'windows-1251',
  'win-1251': 'windows-1251',
  win1251: 'windows-1251',
  windows1251: 'windows-1251',
  windows1252: 'windows-1252',
  maccyrillic: 'x-mac-cyrillic',
  'iso-8859-16': 'windows-1250',
  'x-user-defined': 'windows-1252',
}

/** The encoding that a label stands for, by its name in the WHATWG Encoding Standard, or null. */
export function encodingNamed(label: string | null | undefined): string | null {
  const name = label?.trim().toLowerCase() ?? ''
  if (name === '') return null
  try {
    return new TextDecoder(furtherLabels[name] ?? name).encoding
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** The encoding that a byte order mark names, or null. */
export function encodingOfMark(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return null
}

/** The encoding that a Content-Type header names, or null. */
export function encodingOfHeader(contentType: string | null): string | null {
  const label = /;\s{0,16}charset\s{0,16}=\s{0,16}["']?(?<label>[^"';,\s]{1,64})/i.exec(contentType ?? '')
  return encodingNamed(label?.groups?.['label'])
}

/** The encoding that the page names in its XML declaration or a `<meta>`, or null. */
export function encodingOfMarkup(bytes: Uint8Array): string | null {
  const head = latin1(bytes.subarray(0, prescanLength))
  const xml = /^\s{0,64}<\?xml\s[^>]{0,256}?encoding\s{0,8}=\s{0,8}["'](?<label>[\w.:-]{1,64})["']/i.exec(
    head,
  )
  return asMarkup(encodingNamed(xml?.groups?.['label'])) ?? encodingOfMeta(withoutComments(head))
}

function encodingOfMeta(head: string): string | null {
  for (const [tag] of head.matchAll(/<meta[\s/][^>]{0,1024}>/gi)) {
    const attribute = /[\s"'/]charset\s{0,8}=\s{0,8}["']?\s{0,8}(?<label>[\w.:-]{1,64})/i.exec(tag)
    const isContentType = /http-equiv\s{0,8}=\s{0,8}["']?content-type["'\s/>]/i.test(tag)
    const content = /content\s{0,8}=[^>]{0,256}?charset\s{0,8}=\s{0,8}["']?(?<label>[\w.:-]{1,64})/i.exec(tag)
    const hasContent = /[\s"'/]content\s{0,8}=/i.test(tag)
    const label = hasContent ? (isContentType ? content : null) : attribute
    const encoding = asMarkup(encodingNamed(label?.groups?.['label']))
    if (encoding !== null) return encoding
  }
  return null
}

/** A declaration that could be read as ASCII can't stand in UTF-16 text: UTF-8 is meant (WHATWG). */
function asMarkup(encoding: string | null): string | null {
  return encoding?.startsWith('utf-16') === true ? 'utf-8' : encoding
}

function withoutComments(head: string): string {
  return head
    .split('<!--')
    .map((piece, index) =>
      index === 0 || !piece.includes('-->') ? piece : piece.slice(piece.indexOf('-->') + 3),
    )
    .join(' ')
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
