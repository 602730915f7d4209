import type { Column, Row } from './dataset.ts'

/** One object on a line, with the values' own types. Integers that JavaScript can't hold exactly stay text. */
export function jsonLine(columns: readonly Column[], row: Row): string {
  const fields = columns.map(({ name, type }) => `${JSON.stringify(name)}:${jsonOf(row[name], type)}`)
  return `{${fields.join(',')}}\n`
}

function jsonOf(value: unknown, type: Column['type']): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value !== 'string') return JSON.stringify(value)
  if (type === 'json' || type === 'texts') return value
  return type === 'bigint' && Number.isSafeInteger(Number(value)) ? value : JSON.stringify(value)
}
