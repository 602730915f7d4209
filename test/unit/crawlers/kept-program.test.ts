import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { keptProgram } from '../../../src/crawlers/extract/kept-program.ts'

/** A program that is made of one of our files and one of a package's, and how often it was made. */
async function openWorkshop() {
  const folder = await mkdtemp(join(tmpdir(), 'commentariat-kept-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const own = join(folder, 'own.ts')
  const packaged = join(folder, 'node_modules', 'package', 'index.js')
  await mkdir(join(folder, 'node_modules', 'package'), { recursive: true })
  const write = async (file: string, text: string, time = new Date('2026-03-02T10:00:00Z')) => {
    await writeFile(file, text)
    await utimes(file, time, time)
  }
  await write(own, 'one')
  await write(packaged, 'one')
  let made = 0
  const shelf = join(folder, 'shelf')
  const ask = () =>
    keptProgram('program', async () => ({ text: `made ${(made += 1)}`, files: [own, packaged] }), shelf)
  return { shelf, own, packaged, write, ask }
}

it('is made once, and kept for those that start later', async () => {
  const { ask, shelf } = await openWorkshop()
  expect([await ask(), await ask()]).toEqual(['made 1', 'made 1'])
  expect(await readdir(shelf)).toHaveLength(2)
})

it('is made anew when a file of ours says something else, of the same length and at the same time', async () => {
  const { ask, own, shelf, write } = await openWorkshop()
  await ask()
  await write(own, 'two')
  expect([await ask(), await ask()]).toEqual(['made 2', 'made 2'])
  // The former one is gone.
  expect(await readdir(shelf)).toHaveLength(2)
})

it('is made anew when a package was installed again, and when a file is gone', async () => {
  const { ask, own, packaged, write } = await openWorkshop()
  await ask()
  await write(packaged, 'one', new Date('2026-03-02T11:00:00Z'))
  expect(await ask()).toBe('made 2')
  await rm(own)
  await expect(ask()).resolves.toBe('made 3')
})

it('is made anew when what is kept was damaged', async () => {
  const { ask, shelf } = await openWorkshop()
  await ask()
  await writeFile(join(shelf, 'program.json'), '{"program": "../other"')
  expect(await ask()).toBe('made 2')
  for (const file of await readdir(shelf)) if (file.endsWith('.js')) await rm(join(shelf, file))
  expect(await ask()).toBe('made 3')
})

it('is not kept when a file was written while it was made', async () => {
  const { ask, own, write } = await openWorkshop()
  await write(own, 'one', new Date(Date.now() + 60_000))
  expect([await ask(), await ask()]).toEqual(['made 1', 'made 2'])
})

it('is made each time where nothing can be written', async () => {
  const { ask, shelf } = await openWorkshop()
  await writeFile(shelf, 'a file where the folder would be')
  expect([await ask(), await ask()]).toEqual(['made 1', 'made 2'])
})
