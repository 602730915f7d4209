import { readFileSync } from 'node:fs'
import { z } from 'zod'

const bound = z
  .strictObject({
    least: z.number().exactOptional(),
    most: z.number().exactOptional(),
    goal: z.number().exactOptional(),
  })
  .refine(({ least, most }) => (least === undefined) !== (most === undefined), 'must have a least or a most')
const floorsShape = z.record(
  z.string(),
  z.strictObject({
    measuredOn: z.record(z.string(), z.string()).exactOptional(),
    figures: z.record(z.string(), bound),
  }),
)

/**
 * What one bench's figures are held to. `least` or `most` is the floor: it has been reached and must not be lost again.
 * `goal` is what we want in the same direction. `measuredOn` names the data that the floors were measured on.
 */
export type Floors = z.infer<typeof floorsShape>[string]

type Bounds = Floors['figures']
type Figures = Readonly<Record<string, number | null>>

/** @throws Error when nothing is pinned for the bench. */
export function readFloors(bench: string): Floors {
  const file = new URL('./floors.json', import.meta.url)
  const floors = floorsShape.parse(JSON.parse(readFileSync(file, 'utf8')))[bench]
  if (floors === undefined) throw new Error(`${file.pathname} pins nothing for ${bench}`)
  return floors
}

/** One line for each figure that lies beyond its floor. What could not be measured (null) is not missed. */
export function missedFloors(bounds: Bounds, figures: Figures): string[] {
  return Object.entries(bounds).flatMap(([name, bound]) => {
    const figure = figures[name]
    return figure === undefined ? [`${name} has a floor but was not reported`] : missed(name, figure, bound)
  })
}

/** One line for each figure that keeps its floor and has not reached its goal. */
export function missedGoals(bounds: Bounds, figures: Figures): string[] {
  return Object.entries(bounds).flatMap(([name, bound]) => {
    const { goal } = bound
    const figure = figures[name] ?? null
    if (goal === undefined || missed(name, figure, bound).length > 0) return []
    return missed(name, figure, bound.least === undefined ? { most: goal } : { least: goal })
  })
}

function missed(name: string, figure: number | null, { least, most }: Bounds[string]): string[] {
  if (figure === null) return []
  if (least !== undefined && !(figure >= least)) return [`${name} is ${figure}, less than ${least}`]
  if (most !== undefined && !(figure <= most)) return [`${name} is ${figure}, more than ${most}`]
  return []
}
