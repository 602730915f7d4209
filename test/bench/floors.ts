import { readFileSync } from 'node:fs'
import { z } from 'zod'

const bound = z.strictObject({ least: z.number().exactOptional(), most: z.number().exactOptional() })
const floorsShape = z.record(z.string(), z.record(z.string(), bound))

/** The bounds of one bench's figures, by figure. */
export type Floors = z.infer<typeof floorsShape>[string]

/** @throws Error when nothing is pinned for the bench. */
export function readFloors(bench: string): Floors {
  const file = new URL('./floors.json', import.meta.url)
  const floors = floorsShape.parse(JSON.parse(readFileSync(file, 'utf8')))[bench]
  if (floors === undefined) throw new Error(`${file.pathname} pins nothing for ${bench}`)
  return floors
}

/** One line for each figure that lies beyond its bound. What could not be measured (null) is not missed. */
export function missedFloors(floors: Floors, figures: Readonly<Record<string, number | null>>): string[] {
  return Object.entries(floors).flatMap(([name, { least, most }]) => {
    const figure = figures[name]
    if (figure === undefined) return [`${name} has a floor but was not reported`]
    if (figure === null) return []
    if (least !== undefined && !(figure >= least)) return [`${name} is ${figure}, less than ${least}`]
    if (most !== undefined && !(figure <= most)) return [`${name} is ${figure}, more than ${most}`]
    return []
  })
}
