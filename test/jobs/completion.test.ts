import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { z } from 'zod'
import { everyCommand } from '../../jobs/wiring/every-command.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))
const has = (shell: string) => spawnSync(shell, ['--version']).error === undefined

let folder = ''
const scriptFor = (shell: string) => join(folder, `completion.${shell}`)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'commentariat-completion-'))
  for (const shell of ['bash', 'zsh', 'fish']) {
    const job = join(inject('databases').builtJobs, 'jobs', 'completion.js')
    const { status, stdout, stderr } = spawnSync(process.execPath, [job, shell], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    writeFileSync(scriptFor(shell), stdout)
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(shell: string, flags: readonly string[], cwd = project): string[] {
  const { status, stdout, stderr } = spawnSync(shell, flags, { cwd, encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout.split('\n').filter((line) => line !== '')
}

/** What bash offers for a line, as it asks the function that the script told it of. */
function inBash(line: string, cwd?: string): string[] {
  const asked = `
    source ${scriptFor('bash')}
    compopt() { :; } # is for a line that is being edited
    asked=$(complete -p npm); asked=\${asked##*-F }; asked=\${asked%% *}
    COMP_LINE=$1 COMP_POINT=\${#1}; $asked npm
    printf '%s\\n' "\${COMPREPLY[@]}"`
  return run('bash', ['--norc', '-c', asked, 'bash', line], cwd)
}

describe('bash', () => {
  it.each([
    ['npm run cr', ['crawl']],
    ['npm run --silent cr', ['crawl']],
    ['npm run-script db', ['db:migrate']],
    // The line editor takes what stands before the colon for a word of its own.
    ['npm run db:m', ['migrate']],
    ['npm run crawl ', ['--']],
    ['npm run crawl -- --re', ['--refresh']],
    ['npm run crawl -- topc', ['topcor', 'topcor-en']],
    ['npm run crawl -- topcor --no', ['--no-comments']],
    ['npm run crawl -- --limit ', []],
    ['npm run export -- comments --format ', ['csv', 'jsonl', 'parquet', 'warc']],
    ['npm run export -- comments --site netz', ['netzpolitik']],
    ['npm run chaos -- --database ', ['embedded', 'server', 'both']],
    ['npm run bench -- al', ['alarms']],
    ['npm run completion -- ', ['bash', 'zsh', 'fish', '--help']],
    ['npm run inspect -- --', ['--url', '--json', '--html', '--batch', '--allow-private-network', '--help']],
    // Left to the file names of the shell.
    ['npm run inspect -- ', []],
    ['npm run test', []],
    ['npm ', []],
  ])('%s', (line, offered) => expect(inBash(line)).toEqual(offered))

  it('is silent where another package lies', () => expect(inBash('npm run cr', tmpdir())).toEqual([]))
})

it.skipIf(!has('fish'))('fish offers the same, each with what it is for', () => {
  const inFish = (line: string) =>
    run('fish', ['--no-config', '-c', `source ${scriptFor('fish')}; complete --do-complete '${line}'`])
  expect(inFish('npm run -s crawl -- --re')).toEqual(['--refresh\tlook at everything, due or not'])
  expect(inFish('npm run export -- --format w')).toEqual(['warc'])
  expect(inFish('npm run inspect -- READ')).toEqual(['README.md'])
})

it.skipIf(!has('zsh'))('zsh can read its script', () =>
  expect(run('zsh', ['-n', scriptFor('zsh')])).toEqual([]),
)

it('every job of package.json is known, flags and all', async () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')))
  const jobs = Object.entries(scripts).flatMap(([script, line]) => {
    const file = /jobs\/(?:start\.mjs )?([a-z-]+)(?:\.ts)?$/.exec(line)?.[1]
    return file === undefined || file === 'completion' ? [] : [[script, file]]
  })
  const commands = [...(await everyCommand())].map(([script, command]) => [script, command.name()])
  expect(new Map(commands.map(([script = '', name = '']) => [script, name]))).toEqual(
    new Map(jobs.map(([script = '', file = '']) => [script, file])),
  )
})
