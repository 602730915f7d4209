import { type Floors, readFloors } from './floors.ts'

/** A set of pages by its name, and the digest of its bytes and truths. */
export interface JudgedCorpus {
  readonly name: string
  readonly digest: string
}

/**
 * The bounds of a bench that can be judged by: those of a set only when it is, to the byte, the one that they were measured on,
 * those of the whole run only when all sets are. Our own pages are in the repository and always judged.
 */
export function judgedFloors(
  bench: string,
  corpora: readonly JudgedCorpus[],
  note: (line: string) => void,
): Floors['figures'] {
  const { figures, measuredOn = {} } = readFloors(bench)
  const known = new Set(
    corpora
      .filter(({ name, digest }) => name === 'own' || measuredOn[name] === digest)
      .map(({ name }) => name),
  )
  for (const { name, digest } of corpora) {
    if (!known.has(name)) note(`${name} is another corpus (${digest}) than floors.json knows: not judged`)
  }
  const isWhole = Object.keys(measuredOn).every((name) => known.has(name)) && known.has('own')
  const judged = Object.entries(figures).filter(([figure]) => {
    const [set = '', of] = figure.split('.')
    return of === undefined ? isWhole : known.has(set)
  })
  return Object.fromEntries(judged)
}
