import { readdirSync, readFileSync } from 'node:fs'
import { validate } from 'node-cron'
import { IANAZone } from 'luxon'
import { describe, expect, it } from 'vitest'
import { sites } from '../../../src/sites/index.ts'
import { siteHost } from '../../../src/sites/site-host.ts'
import { isSelector, siteSchema } from '../../../src/sites/site-schema.ts'

const folder = new URL('../../../src/sites/', import.meta.url)

/** Files of the folder that are about sites in general; every other one declares a publisher. */
const general = new Set([
  'find-site',
  'index',
  'load-sites',
  'propose-site',
  'site',
  'site-error',
  'site-host',
  'site-schema',
  'write-declaration',
])

const publisherFiles = readdirSync(folder)
  .map((name) => name.replace(/\.ts$/, ''))
  .filter((name) => !general.has(name))

describe('the list of sites', () => {
  it('is sorted by id', () => {
    const ids = sites.map((site) => site.id)
    expect(ids).toEqual(ids.toSorted())
  })

  it('holds every site of every file', () => {
    const declared = publisherFiles.flatMap((name) =>
      [...readFileSync(new URL(`${name}.ts`, folder), 'utf8').matchAll(/^ {2}id: '([^']+)'/gm)].map(
        ([, id]) => id,
      ),
    )
    expect(new Set(declared)).toEqual(new Set(sites.map((site) => site.id)))
    expect(declared).toHaveLength(sites.length)
  })

  it('names no id and no host twice', () => {
    expect(new Set(sites.map((site) => site.id)).size).toBe(sites.length)
    expect(new Set(sites.map((site) => siteHost(site.url))).size).toBe(sites.length)
  })

  it('has one source in every family', () => {
    const families = new Set(sites.flatMap((site) => site.family ?? []))
    for (const family of families) {
      const members = sites.filter((site) => site.family === family)
      expect(members.filter((site) => site.isFamilySource).map((site) => site.family)).toEqual([family])
      expect(new Set(members.map((site) => site.timezone)).size).toBe(1)
    }
  })
})

describe.each(publisherFiles)('%s.ts', (name) => {
  const text = readFileSync(new URL(`${name}.ts`, folder), 'utf8')

  it('is a declaration and imports only the contract', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(50)
    expect([...text.matchAll(/from '([^']+)'/g)].map(([, path]) => path)).toEqual(['./site.ts'])
  })
})

describe.each(sites.map((site) => [site.id, site] as const))('%s', (_id, site) => {
  it('passes the check for definitions from outside', () => {
    expect(siteSchema.safeParse(site).error?.issues).toBeUndefined()
  })

  it('has selectors that compile', () => {
    const selectors = site.layouts.flatMap(({ until: _until, drop = [], ...fields }) => [
      ...drop,
      ...Object.values(fields),
    ])
    expect(selectors.filter((selector) => !isSelector(selector))).toEqual([])
  })

  it('has a cron expression and a zone', () => {
    expect(validate(site.schedule)).toBe(true)
    expect(site.timezone === null || IANAZone.isValidZone(site.timezone)).toBe(true)
  })

  it('reads sources of its own host', () => {
    expect(site.sources.filter((source) => siteHost(source.url) !== siteHost(site.url))).toEqual([])
  })
})

it('a selector that does not compile is found', () => {
  expect(['div', 'time@datetime', 'a, b > c@href'].every(isSelector)).toBe(true)
  expect(['div[', 'a >> b', ':nope(x)', 'p::'].filter(isSelector)).toEqual([])
})

describe('article paths', () => {
  const nativeIds = (id: string, path: string) => {
    const pattern = sites.find((site) => site.id === id)?.articlePath ?? '$^'
    const match = new RegExp(pattern, 'u').exec(path)
    return match === null ? null : (match[1] ?? 'no id')
  }

  it.each([
    ['topcor', '/29715-slug-of-it.html', '29715'],
    ['topcor-en', '/29715-slug-of-it.html', '29715'],
    ['topcor', '/page,1,2,29715-slug-of-it.html', null],
    ['topcor', '/news/', null],
    ['topwar', '/207-x.html', '207'],
    ['netzpolitik', '/2016/ein-langer-titel/', 'no id'],
    ['netzpolitik', '/2016/ein-langer-titel/comment-page-1/', null],
    ['netzpolitik', '/category/wissen/', null],
    ['daily-maverick', '/article/2026-01-06-a-headline/', 'no id'],
    ['daily-maverick', '/section/sport/', null],
    ['cnx-software', '/2025/12/20/a-headline/', 'no id'],
    ['cnx-software', '/2025/12/20/', null],
  ])('%s %s', (id, path, expected) => {
    expect(nativeIds(id, path)).toBe(expected)
  })
})

it.each(['../escape', 'a/b', 'a\\b', '.', '..', 'a/', '%2e%2e', ''])(
  'the id of a site names files, and %j would lead elsewhere',
  (id) => {
    const declared = { id, name: 'Gazette', url: 'https://gazette.example/' }
    expect(siteSchema.safeParse(declared).success).toBe(false)
    expect(siteSchema.safeParse({ ...declared, id: 'gazette.example' }).success).toBe(true)
  },
)
