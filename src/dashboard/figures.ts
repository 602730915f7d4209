import { html } from 'hono/html'
import type { Markup } from './markup.ts'

const whole = new Intl.NumberFormat('en')

export const number = (value: number): string => whole.format(value)

/** Nothing to see is shown as little. */
export const count = (value: number): string => (value === 0 ? '·' : whole.format(value))

/** A share of a whole; never 100 % where something is missing, nor 0 % where there is something. */
export function percent(part: number, all: number): string {
  if (all === 0) return '–'
  const share = (part / all) * 100
  if (part < all && share > 99.9) return '> 99.9 %'
  if (part > 0 && share < 0.1) return '< 0.1 %'
  return `${share === 100 || share === 0 ? share : share.toFixed(1)} %`
}

export function plural(value: number, one: string, many: string = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`
}

export function octets(value: number): string {
  if (value < 1000) return `${value} B`
  return value < 1_000_000 ? `${(value / 1000).toFixed(1)} kB` : `${(value / 1_000_000).toFixed(1)} MB`
}

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
] as const

/** A length of time in one unit, as a person would say it. */
export function duration(seconds: number): string {
  for (const [unit, length] of units) {
    if (seconds >= length * (unit === 'd' ? 2 : 1)) return `${number(Math.floor(seconds / length))} ${unit}`
  }
  return `${Math.max(0, Math.round(seconds))} s`
}

/** A moment as it is told to a person who looks at it now; the exact one is in the title. */
export function ago(at: Date | null, now: Date): Markup {
  if (at === null) return html`<span class="faint">–</span>`
  const seconds = (now.getTime() - at.getTime()) / 1000
  return timeOf(at, seconds >= 0 ? `${duration(seconds)} ago` : `in ${duration(-seconds)}`)
}

/** A moment in full, to the minute, UTC. */
export const exactly = (at: Date | null): Markup =>
  at === null
    ? html`<span class="faint">–</span>`
    : timeOf(at, at.toISOString().slice(0, 16).replace('T', ' '))

function timeOf(at: Date, text: string): Markup {
  const iso = at.toISOString()
  return html`<time datetime="${iso}" title="${iso.slice(0, 19).replace('T', ' ')} UTC">${text}</time>`
}
