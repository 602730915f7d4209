import { describe, expect, it } from 'vitest'
import { missedFloors, missedGoals, readFloors } from './floors.ts'

describe('missedFloors', () => {
  const floors = { ratio: { least: 0.5 }, memory: { most: 400 } }

  it('says which figure lies beyond which bound', () => {
    expect(missedFloors(floors, { ratio: 0.49, memory: 401 })).toEqual([
      'ratio is 0.49, less than 0.5',
      'memory is 401, more than 400',
    ])
  })

  it('lets a figure on its bound pass', () => {
    expect(missedFloors(floors, { ratio: 0.5, memory: 400 })).toEqual([])
  })

  it('takes no figure for granted: one that is not a number or was never reported is missed', () => {
    expect(missedFloors(floors, { ratio: Number.NaN })).toEqual([
      'ratio is NaN, less than 0.5',
      'memory has a floor but was not reported',
    ])
  })

  it('passes over what could not be measured here', () => {
    expect(missedFloors(floors, { ratio: null, memory: 1 })).toEqual([])
  })
})

describe('missedGoals', () => {
  const floors = { speed: { least: 0.3, goal: 0.5 }, memory: { most: 400, goal: 300 } }

  it('says which figure keeps its floor and falls short of its goal', () => {
    expect(missedGoals(floors, { speed: 0.4, memory: 350 })).toEqual([
      'speed is 0.4, less than 0.5',
      'memory is 350, more than 300',
    ])
  })

  it('leaves to the floors what is beyond them, and what was not measured', () => {
    expect(missedGoals(floors, { speed: 0.2, memory: null })).toEqual([])
    expect(missedGoals(floors, { speed: 0.5 })).toEqual([])
  })
})

describe('readFloors', () => {
  it('holds the crawl to a third of the floor', () => {
    expect(readFloors('crawl').figures['oursToFloor']).toEqual({ least: 0.333 })
  })

  it('refuses a bench that pins nothing', () => {
    expect(() => readFloors('no-such-bench')).toThrow('pins nothing for no-such-bench')
  })
})
