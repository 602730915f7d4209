import { expect, it } from 'vitest'
import { Remembered } from '../../../src/dashboard/remembered.ts'

function rememberedCounts() {
  let seconds = 0
  const counts: { readonly resolve: (figures: number) => void; readonly reject: (error: Error) => void }[] =
    []
  const figures = new Remembered(
    () => new Promise<number>((resolve, reject) => void counts.push({ resolve, reject })),
    { good: 15, most: 120 },
    () => new Date(seconds * 1000),
  )
  return { figures, counts, pass: (by: number) => void (seconds += by) }
}

it('counts once for all who ask meanwhile', async () => {
  const { figures, counts } = rememberedCounts()
  const asked = [figures.get(), figures.get()]
  counts[0]?.resolve(1)
  expect(await Promise.all([...asked, figures.get()])).toEqual([1, 1, 1])
  expect(counts).toHaveLength(1)
})

it('gives figures that are a little old at once, and counts new ones meanwhile', async () => {
  const { figures, counts, pass } = rememberedCounts()
  const first = figures.get()
  counts[0]?.resolve(1)
  await first
  pass(16)
  expect(await figures.get()).toBe(1)
  expect(await figures.get()).toBe(1)
  expect(counts).toHaveLength(2)
  counts[1]?.resolve(2)
  await Promise.resolve()
  expect(await figures.get()).toBe(2)
  expect(counts).toHaveLength(2)
})

it('has whoever asks wait where they are too old', async () => {
  const { figures, counts, pass } = rememberedCounts()
  const first = figures.get()
  counts[0]?.resolve(1)
  await first
  pass(121)
  const second = figures.get()
  counts[1]?.resolve(2)
  expect(await second).toBe(2)
})

it('counts again after it could not', async () => {
  const { figures, counts } = rememberedCounts()
  const first = figures.get()
  counts[0]?.reject(new Error('away'))
  await expect(first).rejects.toThrow('away')
  const second = figures.get()
  counts[1]?.resolve(2)
  expect(await second).toBe(2)
})
