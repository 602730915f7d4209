import { describe, expect, it } from 'vitest'
import { encodeWindows1251 } from '../../../src/demo/windows-1251.ts'

describe('encodeWindows1251', () => {
  it('gives the bytes of the code page', () => {
    expect([...encodeWindows1251('Ёж я—№ z')]).toEqual([0xa8, 0xe6, 0x20, 0xff, 0x97, 0xb9, 0x20, 0x7a])
  })

  it('writes what the code page lacks as character references', () => {
    expect(encodeWindows1251('a🎉ë').toString('latin1')).toBe('a&#127881;&#235;')
  })
})
