import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

export interface Asset {
  readonly path: string
  readonly type: string
  readonly text: string
}

function load(name: string, type: string): Asset {
  const text = readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8')
  const version = createHash('sha256').update(text).digest('hex').slice(0, 12)
  // A new version has a new address, so that browsers may keep each for good.
  return { path: `/assets/${version}/${name}`, type, text }
}

export const styleSheet = load('dashboard.css', 'text/css; charset=utf-8')
export const script = load('dashboard.js', 'text/javascript; charset=utf-8')
