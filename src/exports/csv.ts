/**
 * One line of CSV (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe before it, as OWASP's
 * "CSV Injection" advises: such text begins with = + - @, their full-width forms, a tab or a line break.
 */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(csvField).join(',')}\r\n`
}

const formulaStart = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/

function csvField(value: unknown): string {
  const text = textOf(value)
  const safe = typeof value === 'string' && formulaStart.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A value as a person reads it; nothing for null. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  return value instanceof Uint8Array ? `${value.length} bytes` : JSON.stringify(value)
}
