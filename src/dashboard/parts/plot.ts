import { scaleLinear, scaleLog } from 'd3-scale'
import { html } from 'hono/html'
import type { HourlyDelay } from '../../db/reading/arrivals.ts'
import { duration, exactly, number } from '../figures.ts'
import type { Markup } from '../markup.ts'
import { table } from './table.ts'

const HOURS = 48
const HOUR = 3_600_000

/** Start of the first of the hours that are drawn; the last one is the hour that is running. */
export const firstHour = (now: Date): Date =>
  new Date(Math.floor(now.getTime() / HOUR) * HOUR - (HOURS - 1) * HOUR)

const hours = (now: Date): Date[] =>
  Array.from({ length: HOURS }, (_, index) => new Date(firstHour(now).getTime() + index * HOUR))

/** Drawn without regard to its width: the labels around it are text of the page, and stay readable on any screen. */
const [WIDTH, HEIGHT] = [HOURS * 10, 100]

/** New comments in each of the last hours. @param counts by the start of the hour, in Unix milliseconds. */
export function arrivalsPlot(counts: ReadonlyMap<number, number>, now: Date): Markup {
  const bars = hours(now).map((hour) => ({ hour, comments: counts.get(hour.getTime()) ?? 0 }))
  const most = Math.max(2, ...bars.map(({ comments }) => comments))
  const y = scaleLinear([0, most], [HEIGHT, 0]).nice(2)
  const top = y.domain()[1] ?? most
  const sum = bars.reduce((total, { comments }) => total + comments, 0)
  const told = `${number(sum)} new comments in ${HOURS} hours, ${number(most)} in the busiest one.`
  const drawn = bars.map(
    ({ hour, comments }, index) =>
      html`<rect
        x="${index * 10 + 1}"
        width="8"
        y="${round(y(comments))}"
        height="${round(HEIGHT - y(comments))}"
        ><title>${`${labelOf(hour)}: ${number(comments)}`}</title></rect
      >`,
  )
  return plot('New comments per hour', told, [number(top), number(top / 2), '0'], drawn, now, () =>
    table(
      'New comments per hour',
      arrivalColumns,
      bars.filter(({ comments }) => comments > 0),
    ),
  )
}

const arrivalColumns = [
  { head: 'Hour (UTC)', cell: ({ hour }: { hour: Date }) => exactly(hour) },
  { head: 'Comments', align: 'right', cell: ({ comments }: { comments: number }) => number(comments) },
] as const

/** Each label is six times the one below it, so that they stand at equal distances. */
const delayLabels = ['36 h', '6 h', '1 h', '10 min', '≤ 2 min']
const delayScale = scaleLog([100, 36 * 3600], [HEIGHT, 0]).clamp(true)

/** How long comments had been public when they were found: half of them, and nine of ten, by hour. */
export function delaysPlot(delays: readonly HourlyDelay[], now: Date): Markup {
  const start = firstHour(now).getTime()
  const drawn = delays.map(({ hour, median, most }) => {
    const x = ((hour.getTime() - start) / HOUR) * 10
    const [low, high] = [round(delayScale(Math.max(median, 1))), round(delayScale(Math.max(most, 1)))]
    const told = `${labelOf(hour)}: half within ${duration(median)}, nine of ten within ${duration(most)}`
    return html`<g
      ><title>${told}</title
      ><rect class="range" x="${x + 3}" width="4" y="${high}" height="${round(low - high + 1)}" /><rect
        x="${x + 1}"
        width="8"
        y="${low - 1}"
        height="3"
    /></g>`
  })
  const told =
    delays.length === 0
      ? 'Nothing was found that was written after its article was known.'
      : 'Half were found within the broad mark, nine of ten within the thin one.'
  return plot('Delay from a comment to its finding', told, delayLabels, drawn, now, () =>
    table('Delay by hour', delayColumns, delays),
  )
}

const delayColumns = [
  { head: 'Hour (UTC)', cell: ({ hour }: HourlyDelay) => exactly(hour) },
  { head: 'Comments', align: 'right', cell: ({ comments }: HourlyDelay) => number(comments) },
  { head: 'Half within', align: 'right', cell: ({ median }: HourlyDelay) => duration(median) },
  { head: 'Nine of ten within', align: 'right', cell: ({ most }: HourlyDelay) => duration(most) },
] as const

function plot(
  title: string,
  told: string,
  labels: readonly string[],
  drawn: readonly Markup[],
  now: Date,
  asTable: () => Markup,
): Markup {
  const lines = labels.map((_, index) => round((index / (labels.length - 1)) * HEIGHT))
  const times = [0, 12, 24, 36, 48].map((hour) => new Date(firstHour(now).getTime() + hour * HOUR))
  return html`<figure class="plot">
    <figcaption><strong>${title}</strong> <span>${told}</span></figcaption>
    <div class="axes">
      <div class="y" aria-hidden="true">${labels.map((label) => html`<span>${label}</span>`)}</div>
      <svg
        viewBox="0 0 ${WIDTH} ${HEIGHT}"
        preserveAspectRatio="none"
        role="img"
        aria-label="${`${title}. ${told}`}"
      >
        ${lines.map((y) => html`<line x1="0" x2="${WIDTH}" y1="${y}" y2="${y}" />`)}${drawn}
      </svg>
      <div class="x" aria-hidden="true">${times.map((time) => html`<span>${labelOf(time)}</span>`)}</div>
    </div>
    <details class="figures">
      <summary>As a table</summary>
      ${asTable()}
    </details>
  </figure>`
}

/** `02 10:00`: the day of the month and the time, UTC. */
const labelOf = (at: Date): string => `${at.toISOString().slice(8, 10)} ${at.toISOString().slice(11, 16)}`

const round = (value: number): number => Math.round(value * 10) / 10

const SPARK_HEIGHT = 20

/** New comments in each of the last 24 hours, as small as a word. @param counts by the start of the hour. */
export function sparkline(counts: ReadonlyMap<number, number> | undefined, now: Date): Markup {
  const values = hours(now)
    .slice(-24)
    .map((hour) => counts?.get(hour.getTime()) ?? 0)
  const y = scaleLinear([0, Math.max(1, ...values)], [0, SPARK_HEIGHT])
  const bars = values.map((value, index) =>
    value === 0
      ? ''
      : `M${index * 4} ${SPARK_HEIGHT}v-${Math.max(1, Math.round(y(value)))}h3V${SPARK_HEIGHT}z`,
  )
  return html`<svg class="spark" viewBox="0 0 96 ${SPARK_HEIGHT}" aria-hidden="true">
    <path d="${bars.join('')}" />
  </svg>`
}
