import { describe, expect, it } from 'vitest'
import { nameIn, withoutCommonStart } from '../../../src/extractors/comments/sections/written-name.ts'

const context = { timezone: 'UTC', fetchedAt: new Date('2025-01-01T00:00:00Z') }

describe('the name in the header of a comment', () => {
  it.each([
    'Ida Berg says:',
    'Comment by Ida Berg — 17.07.2011',
    'von Ida Berg am 3. Mai 2024',
    '#12 Ida Berg',
    'Kommentar #3 von Ida Berg am 3.6.2024',
    'Ida Berg schrieb am 3. Juni 2024 um 14:22',
    'Ida Berg commented on June 3, 2024',
    'Ida Berg Posted on June 3, 2024',
    'Ida Berg a écrit le 3 juin 2024',
    'Le 3 juin 2024 à 14:22, Ida Berg a écrit :',
    'On June 3, 2024 at 2:22 pm Ida Berg said:',
    'Am 3. Juni 2024 um 14:22 schrieb Ida Berg:',
    'June 3, 2024 by Ida Berg',
    'Posted Jun 3, 2024 14:22 UTC by Ida Berg',
    'Escrito por Ida Berg el 3 de junio de 2024',
  ])('%s', (line) => {
    expect(nameIn(line, context)).toBe('Ida Berg')
  })

  it.each(['Di Marco', 'Da Silva', 'Von Trapp', 'John 3:16', 'Rui Ma'])('%s is a whole name', (name) => {
    expect(nameIn(name, context)).toBe(name)
  })

  it.each([
    [
      ['1. Ann', '2. Bo'],
      ['Ann', 'Bo'],
    ],
    [
      ['Von Ann', 'Von Bo'],
      ['Ann', 'Bo'],
    ],
    [
      ['Von Trapp', 'Bo'],
      ['Von Trapp', 'Bo'],
    ],
    [
      ['Da Silva', 'Da Silva'],
      ['Da Silva', 'Da Silva'],
    ],
  ])('%j without what all begin with', (names, plain) => {
    expect(withoutCommonStart(names)).toEqual(plain)
  })
})
