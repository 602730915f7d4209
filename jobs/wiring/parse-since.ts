import { InvalidArgumentError } from 'commander'

const hours: ReadonlyMap<string, number> = new Map([
  ['h', 1],
  ['d', 24],
  ['w', 168],
])

/** The moment that `--since` means: an age such as 7d, 12h or 2w, or a day or time in UTC. @throws InvalidArgumentError */
export function parseSince(value: string): Date {
  const [, amount, unit] = /^(\d{1,5})([hdw])$/.exec(value) ?? []
  const unitHours = hours.get(unit ?? '')
  if (unitHours !== undefined) return new Date(Date.now() - Number(amount) * unitHours * 3_600_000)
  const [, date, time = 'T00:00'] = /^(\d{4}-\d{2}-\d{2})(T[\d:.]+)?Z?$/.exec(value) ?? []
  const day = date === undefined ? null : new Date(`${date}${time}Z`)
  if (day === null || Number.isNaN(day.getTime()))
    throw new InvalidArgumentError('give 7d, 12h, 2w or 2026-01-31.')
  return day
}
