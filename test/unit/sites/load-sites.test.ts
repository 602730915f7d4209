import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadSites } from '../../../src/sites/find-site.ts'
import { sites } from '../../../src/sites/index.ts'
import { defineSite } from '../../../src/sites/site.ts'
import { SiteError } from '../../../src/sites/site-error.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sites-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

async function problemsOf(path: string): Promise<readonly string[]> {
  try {
    await loadSites(path)
  } catch (error) {
    if (error instanceof SiteError) return error.problems
    throw error
  }
  return []
}

const write = (name: string, content: unknown) =>
  writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))

describe('further definitions', () => {
  it('are none without a folder', async () => {
    expect(await loadSites(null)).toBe(sites)
  })

  it('come from JSON and modules, with the defaults filled in, sorted among the others', async () => {
    await write('harbour.json', {
      id: 'harbour',
      name: 'Harbour',
      url: 'https://harbour.example/',
      sources: [{ kind: 'feed', url: '/rss.xml' }],
    })
    await write(
      'valley.mjs',
      `export const valley = { id: 'valley', name: 'Valley', url: 'https://valley.example/' }
      export const apex = { id: 'apex', name: 'Apex', url: 'https://apex.example/', timezone: 'Europe/Riga' }`,
    )
    await write('README.md', 'not a definition')
    const loaded = await loadSites(folder)
    expect(loaded.map((site) => site.id)).toEqual(
      ['apex', 'harbour', 'valley', ...sites.map((site) => site.id)].toSorted(),
    )
    expect(loaded.find((site) => site.id === 'harbour')).toEqual(
      defineSite({
        id: 'harbour',
        name: 'Harbour',
        url: 'https://harbour.example/',
        sources: [{ kind: 'feed', url: 'https://harbour.example/rss.xml' }],
      }),
    )
  })

  it('report every mistake at once, by file and field', async () => {
    await write('a.json', {
      id: 'Bad Id',
      name: '',
      url: 'ftp://a.example/',
      timezone: 'Mars/Base',
      schedule: 'often',
      articlePath: '(',
      layouts: [{ body: 'div[' }],
      color: 'red',
    })
    await write('b.json', '{"id": ')
    await write('c.mjs', 'export const nothing = 3')
    await write('d.json', { id: 'topcor', name: 'D', url: 'https://d.example/' })
    const problems = (await problemsOf(folder)).map((problem) => problem.replace(`${folder}/`, ''))
    expect(problems).toEqual([
      'a.json: id: must be lower-case letters, digits, dots and hyphens',
      'a.json: name: Too small: expected string to have >=1 characters',
      'a.json: url: must be an http or https address',
      'a.json: timezone: must be an IANA zone such as Europe/Riga',
      'a.json: layouts.0.body: "div[" is not a CSS selector',
      'a.json: articlePath: is not a regular expression',
      'a.json: schedule: must be a cron expression such as */30 * * * *',
      'a.json: Unrecognized key: "color"',
      expect.stringContaining("b.json: can't be read: "),
      'c.mjs: exports no site',
      'd.json: id: "topcor" is taken by another site',
    ])
  })

  it('need a folder that can be read', async () => {
    expect(await problemsOf(join(folder, 'nowhere'))).toEqual([
      expect.stringContaining(
        `The folder of further sites can't be read: ${join(folder, 'nowhere')}: ENOENT`,
      ),
    ])
  })
})
