import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { z } from 'zod'
import type { Command } from 'commander'
import { command as completion } from '../../jobs/completion.ts'
import { everyCommand } from '../../jobs/wiring/every-command.ts'
import { type Newsroom, openNewsroom } from '../../src/demo/newsroom.ts'
import { newDatabase, type NewDatabase } from '../databases/new-database.ts'
import { blockCommands, type DocumentedCommand, helpCommands, namedCommands } from './documented-commands.ts'

vi.setConfig({ testTimeout: 120_000 })

/** What is not run here, and why; its flags are read all the same. */
const notRun: readonly (readonly [RegExp, string])[] = [
  [/^npm ci\b/, 'installs packages'],
  [/^npm run demo$/, 'takes a minute, and is run on a clean clone'],
  [/^npm run dictionary$/, 'writes into the repository'],
  [/^npm run (?:bench|corpora|fuzz|chaos)\b/, 'measures for minutes'],
  [/^(?:npx tsx|\/usr\/bin\/python3) test\/bench\//, 'trains on pages that are not in the repository'],
  [/^docker |^kubectl /, 'needs containers'],
  [/^source <\(npm run --silent completion/, 'is run by a real shell in completion.test.ts'],
  [/^npm run --silent completion -- fish \| source$/, 'is run by a real shell in completion.test.ts'],
]

const commands: ReadonlyMap<string, Command> = new Map([
  ...(await everyCommand()),
  ['completion', completion] as const,
])
const examples = [...commands].flatMap(([script, command]) => helpCommands(script, command))
const shown = [...new Map([...blockCommands(), ...examples].map((one) => [keyOf(one), one])).values()]
const isLeftOut = ({ line }: DocumentedCommand) => notRun.some(([pattern]) => pattern.test(line))
/** Those that come to the same beside the newsroom are run once. */
const run = [
  ...new Map(
    shown
      .filter((one) => !isLeftOut(one))
      .map((one) => [JSON.stringify([one.script, standIns(one), isForServer(one)]), one]),
  ).values(),
]

function keyOf({ line, environment }: DocumentedCommand): string {
  return `${line} ${environment['DATABASE_URL'] ?? ''}`
}

/** What stands for the addresses, sites and ports of the pages. */
function standIns({ script, flags }: DocumentedCommand): string[] {
  const here = flags.map((flag) => {
    if (/^https:\/\/example\.com\/(?:2026\/news-1|news\/1)$/.test(flag)) return 'ARTICLE'
    return { 'https://example.com/': 'FRONT PAGE', topcor: 'paper', '9000': '0' }[flag] ?? flag
  })
  const isPortless = script === 'dashboard' && !flags.includes('--port')
  // Every declared site would be asked, over the network.
  const isForAll = script === 'schedule' && !here.includes('paper')
  return [...here, ...(isPortless ? ['--port', '0'] : []), ...(isForAll ? ['paper'] : [])]
}

function isForServer({ script, flags, environment }: DocumentedCommand): boolean {
  const isOfQueue = script === 'worker' || flags.some((flag) => ['--queue', '--redrive'].includes(flag))
  return isOfQueue || environment['DATABASE_URL'] !== undefined
}

describe('documented commands', () => {
  const scripts = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))).scripts

  it('are found', () => {
    expect(shown.length).toBeGreaterThan(60)
    expect(namedCommands().length).toBeGreaterThan(20)
    expect(new Set(examples.map(({ script }) => script))).toContain('crawl')
  })

  it.each([...shown, ...namedCommands()].filter(({ script }) => script !== null))(
    '$where: $line names a job and flags that there are',
    ({ script, flags }) => {
      expect(Object.keys(scripts)).toContain(script)
      const known = commands.get(script ?? '')?.options.flatMap(({ long }) => long ?? []) ?? []
      for (const flag of flags.filter((word) => word.startsWith('--'))) expect(known).toContain(flag)
    },
  )

  it.each(shown.filter(({ script }) => commands.has(script ?? '')))(
    '$where: $line can be read',
    ({ script, flags }) => {
      const command = commands.get(script ?? '')
      command?.exitOverride().configureOutput({ writeErr: () => undefined })
      expect(() => command?.parse([...flags], { from: 'user' })).not.toThrow()
    },
  )

  it.each([...commands.keys()])('has an example in the help of %s', (script) => {
    expect(examples.map(({ where }) => where)).toContain(`help of ${script}`)
  })

  it('are run, or left out for a reason that still stands', () => {
    expect(run.filter(({ script }) => !commands.has(script ?? ''))).toEqual([])
    for (const [pattern] of notRun)
      expect(shown.map(({ line }) => line)).toContainEqual(expect.stringMatching(pattern))
  })
})

describe('documented commands, run beside the demo newsroom', () => {
  let newsroom: Newsroom | null = null
  let [embedded, server]: (NewDatabase | null)[] = [null, null]
  let folder = ''

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'commentariat-documented-'))
    newsroom = await openNewsroom({ now: new Date(), articlesPerSite: 2, sites: ['wordpress'] })
    embedded = await newDatabase('embedded')
    server = await newDatabase('server')
    const paper = { id: 'paper', name: 'Paper', url: newsroom.sites[0]!.url, delaySeconds: 0 }
    mkdirSync(join(folder, 'sites'))
    writeFileSync(join(folder, 'sites', 'paper.json'), JSON.stringify(paper))
    await expectEnd(start('crawl', ['paper', '--allow-private-network']), 0)
    const out = join(folder, 'pages.warc.gz')
    await expectEnd(start('export', ['captures', '--format', 'warc', '--out', out]), 0)
  }, 120_000)

  afterAll(async () => {
    await newsroom?.close()
    await embedded?.remove()
    await server?.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Each in a folder of its own, as a person would have one. */
  function start(script: string, flags: readonly string[], onServer = false) {
    const cwd = mkdtempSync(join(folder, 'run-'))
    const job = join(inject('databases').builtJobs, 'jobs', `${script.replace(':', '-')}.js`)
    const archive = flags.find((flag) => flag.endsWith('.warc.gz'))
    if (script === 'import' && archive !== undefined)
      cpSync(join(folder, 'pages.warc.gz'), join(cwd, archive))
    const database = onServer
      ? { DATABASE_URL: server?.settings.databaseUrl ?? '', COMMENTARIAT_DATA: join(cwd, 'data') }
      : { COMMENTARIAT_DATA: embedded?.settings.dataFolder ?? '' }
    return spawn(process.execPath, [job, ...flags], {
      cwd,
      env: {
        ...Object.fromEntries(['PATH', 'HOME', 'TMPDIR'].map((key) => [key, process.env[key]])),
        COMMENTARIAT_CONTACT: 'you@example.org',
        COMMENTARIAT_SITES: join(folder, 'sites'),
        COMMENTARIAT_PSEUDONYM_KEY: 'a key that is long enough to be one',
        COMMENTARIAT_DASHBOARD_PASSWORD: 'seven harbours',
        LOG_LEVEL: 'silent',
        ...database,
      },
    })
  }

  async function expectEnd(child: ChildProcess, code: number): Promise<void> {
    const said = Promise.all([text(child.stdout!), text(child.stderr!)])
    if (code === 143) child.stdout!.once('data', () => child.kill('SIGTERM'))
    const [ended] = await once(child, 'exit')
    const [stdout, stderr] = await said
    expect({ ended, said: stdout + stderr }).toEqual({ ended: code, said: expect.any(String) })
  }

  /** The same command for the newsroom. */
  function hereFor(one: DocumentedCommand): string[] {
    const [site] = newsroom!.ledger().sites
    const addresses: Readonly<Record<string, string>> = {
      ARTICLE: site!.articles[0]!.url,
      'FRONT PAGE': newsroom!.sites[0]!.url,
    }
    const options = commands.get(one.script ?? '')?.options.map(({ long }) => long)
    return [
      ...standIns(one).map((flag) => addresses[flag] ?? flag),
      ...(options?.includes('--allow-private-network') === true ? ['--allow-private-network'] : []),
      ...(one.script === 'new-site' ? ['--yes', '--out', join(folder, 'declared'), '--force'] : []),
    ]
  }

  const staysOn = ({ script, flags }: DocumentedCommand): boolean =>
    ['dashboard', 'worker', 'schedule'].includes(script ?? '') && !flags.includes('--once')

  it.each(run)('$where: $line', async (one) => {
    await expectEnd(start(one.script ?? '', hereFor(one), isForServer(one)), staysOn(one) ? 143 : 0)
  })
})
