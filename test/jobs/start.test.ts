import { execFile, execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { runJob } from './start-job.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A project with one job, which takes a part of its work late. */
describe('the start of a job', () => {
  let project = ''

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'commentariat-start-'))
    onTestFinished(() => rmSync(project, { recursive: true }))
    for (const folder of ['jobs', 'src', 'node_modules']) mkdirSync(join(project, folder))
    cpSync(join(root, 'jobs/start.mjs'), join(project, 'jobs/start.mjs'))
    for (const name of ['esbuild', 'tsx'])
      symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name))
    writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
    write('jobs/greet.ts', [
      'const [, file, ...names]: string[] = process.argv',
      "const { greet } = await import('../src/greet.ts')",
      'console.log(JSON.stringify([file, ...names.map((name) => greet(name))]))',
    ])
    write('src/greet.ts', ['export const greet = (name: string): string => `${name} ${import.meta.url}`'])
  })

  function write(path: string, lines: readonly string[]): void {
    writeFileSync(join(project, path), lines.join('\n'))
  }

  const start = (...told: string[]): unknown =>
    JSON.parse(
      execFileSync(process.execPath, [join(project, 'jobs/start.mjs'), ...told], { encoding: 'utf8' }),
    )

  const programs = (): string[] => readdirSync(join(project, 'node_modules/.cache/commentariat')).toSorted()

  const said = () => [
    join(project, 'jobs/greet.ts'),
    `one ${pathToFileURL(join(project, 'src/greet.ts')).href}`,
    `two ${pathToFileURL(join(project, 'src/greet.ts')).href}`,
  ]

  it('gives it its flags, and each of its files its own place', () => {
    expect(start('greet', 'one', 'two')).toEqual(said())
  })

  it('takes patterns as they are written', () => {
    write('jobs/greet.ts', ["console.log(JSON.stringify(['ä', '1'].map((text) => /^\\p{L}$/u.test(text))))"])
    expect(start('greet')).toEqual([true, false])
    const made = programs().filter((name) => name.endsWith('.mjs'))
    const text = made.map((name) =>
      readFileSync(join(project, 'node_modules/.cache/commentariat', name), 'utf8'),
    )
    expect(text.join('')).toContain('/^\\p{L}$/u.test(')
  })

  it('makes its program once, and anew when a file is another', () => {
    start('greet')
    const made = programs()
    start('greet')
    expect(programs()).toEqual(made)
    write('src/greet.ts', ['export const greet = (name: string): string => name'])
    expect(start('greet', 'one')).toEqual([join(project, 'jobs/greet.ts'), 'one'])
    expect(programs().length).toBeGreaterThan(made.length)
  })

  it('makes one program of the same files when many start at once', async () => {
    const starting = Array.from({ length: 6 }, () =>
      promisify(execFile)(process.execPath, [join(project, 'jobs/start.mjs'), 'greet', 'one', 'two']),
    )
    const printed = await Promise.all(starting)
    expect(printed.map(({ stdout }): unknown => JSON.parse(stdout))).toEqual(printed.map(said))
    const made = programs()
    start('greet')
    expect(programs()).toEqual(made)
    expect(made.filter((name) => /-[\da-f]{12}$/.test(name))).toEqual([])
  })

  it('loads its files one by one where nothing can be written', () => {
    symlinkSync('/dev/null', join(project, 'node_modules/.cache'))
    expect(start('greet', 'one', 'two')).toEqual(said())
  })

  it('lets errors tell where in the source they are', () => {
    write('src/greet.ts', ['', '', "export const greet = (): never => { throw new Error('no voice') }"])
    write('jobs/greet.ts', [
      `import { stackInSource } from ${JSON.stringify(join(root, 'src/stack-in-source.ts'))}`,
      "const { greet } = await import('../src/greet.ts')",
      'try {',
      '  greet()',
      '} catch (error) {',
      '  console.log(JSON.stringify(stackInSource(error as Error)))',
      '}',
    ])
    const [told, ...places] = String(start('greet')).split('\n')
    expect(told).toBe('Error: no voice')
    expect(places[0]).toContain(`${join(project, 'src/greet.ts')}:3:43`)
    expect(places[1]).toContain(`${join(project, 'jobs/greet.ts')}:4:3`)
  })

  it('ends with exit code 2 and one line when there is no such job', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(project, 'jobs/start.mjs'), 'gret'])
    expect(stderr.toString()).toBe('commentariat: there is no job "gret"; npm run lists them\n')
    expect(status).toBe(2)
  })
})

describe('a started job', () => {
  it.each(['ts', 'cts', 'mts'])('knows sites that are declared in a file .%s', async (extension) => {
    const folder = mkdtempSync(join(tmpdir(), 'commentariat-start-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const site = `{ id: 'harbour-post', name: 'Harbour', url: 'https://harbour.example/' }`
    const declare = `defineSite(${site} satisfies SiteDeclaration)`
    const from = JSON.stringify(join(root, 'src/sites/site.ts'))
    writeFileSync(
      join(folder, `harbour.${extension}`),
      `import { defineSite, type SiteDeclaration } from ${from}\nexport const harbour = ${declare}`,
    )
    const env = { COMMENTARIAT_SITES: folder }
    const { stderr } = await runJob('crawl', ['harbour-pst'], { env, asScript: true })
    expect(stderr).toContain('There is no site "harbour-pst": did you mean harbour-post')
  })
})
