import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { inOnePiece } from '../../../src/crawlers/extract/one-piece.ts'

it('takes patterns as they are written: one made of its text would be made anew with each page', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'commentariat-piece-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const entryPoint = join(folder, 'words.ts')
  writeFileSync(
    entryPoint,
    String.raw`export const isWord = (text: string): boolean => /^\p{L}+$/u.test(text)`,
  )
  const { outputFiles } = await inOnePiece({
    entryPoint,
    outfile: join(folder, 'words.js'),
    sourcemap: false,
  })
  expect(outputFiles[0]?.text).toContain(String.raw`/^\p{L}+$/u.test(`)
})
