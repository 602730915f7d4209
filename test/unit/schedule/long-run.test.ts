import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { showAlive } from '../../../jobs/wiring/long-run.ts'

it('goes on where its folder can no longer be written, says so once, and touches it again', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  onTestFinished(() => said.mockRestore())
  const parent = mkdtempSync(join(tmpdir(), 'alive-'))
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  const folder = join(parent, 'data')
  onTestFinished(showAlive(folder))
  expect(existsSync(join(folder, 'alive'))).toBe(true)

  // A file in the folder's place stops root, too.
  rmSync(folder, { recursive: true })
  writeFileSync(folder, '')
  vi.advanceTimersByTime(60_000)
  expect(said.mock.calls.map(([line]) => line)).toEqual([
    expect.stringContaining(`${join(folder, 'alive')} can't be written (`),
  ])

  rmSync(folder)
  vi.advanceTimersByTime(15_000)
  expect(existsSync(join(folder, 'alive'))).toBe(true)
})
