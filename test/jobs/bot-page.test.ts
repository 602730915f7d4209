import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { runJob } from './start-job.ts'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'commentariat-bot-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'bot')
}

const env = { COMMENTARIAT_CONTACT: 'bot@archive.example' }

it('bot-page writes the page, and the list of addresses as long as some are told', async () => {
  const folder = newFolder()
  const [page, list] = [join(folder, 'index.html'), join(folder, 'addresses.json')]
  const flags = ['--out', folder]
  expect(await runJob('bot-page', [...flags, '--address', '8.8.4.4', '2001:4860::/32'], { env })).toEqual({
    code: 0,
    stdout: `${page}\n${list}\n`,
    stderr: '',
  })
  expect(readFileSync(page, 'utf8')).toContain('Commentariat/0.1 (+bot@archive.example)')
  expect(JSON.parse(readFileSync(list, 'utf8'))).toMatchObject({
    prefixes: [{ ipv4Prefix: '8.8.4.4/32' }, { ipv6Prefix: '2001:4860::/32' }],
  })
  expect(await runJob('bot-page', flags, { env })).toMatchObject({ code: 0, stdout: `${page}\n` })
  expect(existsSync(list)).toBe(false)
})

it.each([
  [['--address', '10.0.0.1'], env, '--address 10.0.0.1 is no public address'],
  [[], {}, 'COMMENTARIAT_CONTACT is not set'],
])('bot-page %j is turned away with %j, and nothing is written', async (flags, given, words) => {
  const folder = newFolder()
  const result = await runJob('bot-page', ['--out', folder, ...flags], {
    env: given,
  })
  expect(result.code).toBe(2)
  expect(result.stderr).toContain(words)
  expect(existsSync(folder)).toBe(false)
})
