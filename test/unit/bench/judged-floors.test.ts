import { describe, expect, it } from 'vitest'
import { judgedFloors } from '../../bench/judged-floors.ts'
import { readFloors } from '../../bench/floors.ts'

describe('judgedFloors', () => {
  const { measuredOn = {}, figures } = readFloors('articles')
  const own = { name: 'own', digest: 'any' }
  const known = Object.entries(measuredOn).map(([name, digest]) => ({ name, digest }))
  const silent = () => undefined

  it('judges everything on the very pages that the floors were measured on', () => {
    expect(judgedFloors('articles', [own, ...known], silent)).toEqual(figures)
  })

  it('only reports a set that is another, and what is measured over all sets', () => {
    const said: string[] = []
    const [first, ...others] = known
    const changed = { name: first?.name ?? '', digest: 'another' }
    const judged = Object.keys(judgedFloors('articles', [own, changed, ...others], (line) => said.push(line)))
    const expected = Object.keys(figures).filter(
      (name) => name.includes('.') && !name.startsWith(`${changed.name}.`),
    )
    expect(judged).toEqual(expected)
    expect(said).toEqual([`${changed.name} is another corpus (another) than floors.json knows: not judged`])
  })

  it('judges our own pages when there are no others', () => {
    const judged = Object.keys(judgedFloors('articles', [own], silent))
    expect(judged).toEqual(Object.keys(figures).filter((name) => name.startsWith('own.')))
    expect(judged.length).toBeGreaterThan(0)
  })
})
