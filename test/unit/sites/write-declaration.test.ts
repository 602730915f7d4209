import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sites } from '../../../src/sites/index.ts'
import { proposeSite } from '../../../src/sites/propose-site.ts'
import { defineSite, feed, listing, type SiteDeclaration, sitemap } from '../../../src/sites/site.ts'
import {
  declarationSource,
  exportName,
  fileStem,
  withListedSite,
} from '../../../src/sites/write-declaration.ts'

/** What a declaration's file declares. */
function declared(source: string): unknown {
  const script = source.replace(/^import .*\n/, '').replace(/^export const \w+ = /m, '')
  const value: unknown = runInNewContext(script, {
    defineSite: (site: unknown) => site,
    feed,
    listing,
    sitemap,
  })
  return JSON.parse(JSON.stringify(value))
}

describe('the file of a declaration', () => {
  it('is as short as a person would write it', () => {
    const site = {
      id: 'gazette',
      name: 'The "Gazette" of O’Hara\'s',
      url: 'https://gazette.example/',
      language: 'en',
    }
    expect(declarationSource({ ...site, sources: [feed('https://gazette.example/rss')] })).toBe(`\
import { defineSite, feed } from './site.ts'

export const gazette = defineSite({
  id: 'gazette',
  name: 'The "Gazette" of O’Hara\\'s',
  url: 'https://gazette.example/',
  language: 'en',
  sources: [feed('https://gazette.example/rss')],
})
`)
  })

  it('declares what was proposed, whatever the site calls itself', () => {
    const names = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom("'})\nprocess.exit()//", '\\', '\u2028', '${1}'),
    )
    fc.assert(
      fc.property(names, (name) => {
        const site: SiteDeclaration = { id: 'x', name, url: 'https://x.example/', needsBrowser: true }
        expect(declared(declarationSource(site))).toEqual(site)
      }),
      { numRuns: 40 },
    )
  })

  it.each([
    ['daily-maverick', 'dailyMaverick'],
    ['24.example', 'site24Example'],
    ['new', 'siteNew'],
    ['sites', 'siteSites'],
  ])('exports %s as %s', (id, name) => expect(exportName(id)).toBe(name))
})

describe('the list of sites', () => {
  const list = readFileSync(new URL('../../../src/sites/index.ts', import.meta.url), 'utf8')
  const ids = sites.map(({ id }) => id)

  it.each(['aardvark', 'gazette.example', 'topcor-ru', 'zebra'])('takes %s where it belongs', (id) => {
    const longer = withListedSite(list, ids, id)
    const name = exportName(id)
    const before = list.split('\n')
    const added = longer.split('\n').filter((line) => !before.includes(line))
    expect(added).toEqual([`import { ${name} } from './${fileStem(id)}.ts'`, `  ${name},`])
    const names = [...longer.matchAll(/^ {2}(\w+),$/gm)].map(([, found]) => found)
    expect(names.indexOf(name)).toBe([...ids, id].toSorted().indexOf(id))
    const modules = [...longer.matchAll(/'\.\/(.*)\.ts'/g)].map(([, found = '']) => found)
    expect(modules).toEqual(modules.toSorted())
  })

  it('stays as it is when the site is there', () => {
    expect(withListedSite(list, ids, 'topcor')).toBe(list)
  })

  it('is not touched when it is not the list that we know', () => {
    expect(() => withListedSite('export const sites = []\n', [], 'new')).toThrow('add the site by hand')
  })
})

describe('a proposal', () => {
  const site = defineSite({ id: 'gazette.example', name: 'gazette.example', url: 'https://gazette.example/' })
  const nothing = { languages: [null], names: [null], needsBrowser: false }

  it('is the address alone where nothing else is known', () => {
    const { id, name, url } = site
    expect(proposeSite(site, 'gazette.example', nothing)).toEqual({ id, name, url })
  })

  it('holds what all articles agree on', () => {
    const seen = { ...nothing, languages: ['en-GB', 'en', null], names: ['The Gazette'] }
    expect(proposeSite(site, 'gazette', seen)).toEqual({
      id: 'gazette',
      name: 'The Gazette',
      url: 'https://gazette.example/',
      language: 'en',
    })
    expect(proposeSite(site, 'gazette', { ...seen, languages: ['en', 'de'] })).not.toHaveProperty('language')
  })
})
