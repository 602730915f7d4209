import { existsSync, mkdirSync, mkdtempSync, rmdirSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PageFixture } from '../../src/crawlers/extract/page-fixture.ts'
import { UsageError } from '../../src/settings.ts'
import { sites as declaredSites } from '../../src/sites/index.ts'
import type { SiteDeclaration } from '../../src/sites/site.ts'
import { fileFault } from './file-fault.ts'
import { declarationSource, fileStem, withListedSite } from '../../src/sites/write-declaration.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const list = join(root, 'src/sites/index.ts')

/** Where the files of a new site go. */
export interface SitePlaces {
  readonly declaration: string
  readonly page: string
  readonly result: string
  /** Null where a folder of its own is the list. */
  readonly list: string | null
}

/** @param folder a folder of further sites (COMMENTARIAT_SITES); null: the declared ones. */
export function placesOf(id: string, folder: string | null): SitePlaces {
  const stem = fileStem(id)
  const fixtures = folder === null ? join(root, 'test/fixtures/sites') : join(folder, 'fixtures')
  return {
    declaration: folder === null ? join(root, `src/sites/${stem}.ts`) : join(folder, `${stem}.json`),
    page: join(fixtures, `${stem}.html`),
    result: join(fixtures, `${stem}.json`),
    list: folder === null ? list : null,
  }
}

/** @throws UsageError that names every file that is there already. */
export function requireNewFiles({ declaration, page, result }: SitePlaces): void {
  const there = [declaration, page, result].filter((file) => existsSync(file))
  if (there.length > 0)
    throw new UsageError(
      `${there.map(shown).join(', ')}: there already; --force writes over it, --id names another`,
    )
}

/**
 * Makes sure that the files can be written, before a host is asked for what they will hold. It leaves nothing behind.
 * @throws UsageError that names the folder which can't be made or written.
 */
export function requireWritable({ declaration, page }: SitePlaces): void {
  for (const folder of new Set([declaration, page].map((file) => dirname(file)))) {
    const made: string[] = []
    try {
      // One by one: `recursive` never ends where the system takes no folder, such as /proc.
      for (const missing of missingFolders(folder)) {
        mkdirSync(missing)
        made.unshift(missing)
      }
      rmdirSync(mkdtempSync(join(folder, '.new-site-')))
    } catch (error) {
      throw new UsageError(`${shown(folder)} can't be written: ${fileFault(error)}`, { cause: error })
    } finally {
      for (const one of made) rmdirSync(one)
    }
  }
}

/** The folder and those around it that are not there, the outermost first. */
const missingFolders = (folder: string): string[] =>
  existsSync(folder) ? [] : [...missingFolders(dirname(folder)), folder]

/** What would be written, by file. @throws UsageError when the list of sites can't be added to. */
export async function siteFiles(
  places: SitePlaces,
  declaration: SiteDeclaration,
  { html, result }: PageFixture,
): Promise<ReadonlyMap<string, string>> {
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
  const own = places.list === null ? json(declaration) : declarationSource(declaration)
  const files = new Map([
    [places.declaration, own],
    [places.page, html],
    [places.result, json(result)],
  ])
  if (places.list !== null) {
    const ids = declaredSites.map(({ id }) => id)
    files.set(places.list, withListedSite(await readFile(places.list, 'utf8'), ids, declaration.id))
  }
  return files
}

export async function writeFiles(files: ReadonlyMap<string, string>): Promise<void> {
  for (const [file, text] of files) {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
}

/** A path as short as a person would type it. */
export function shown(file: string): string {
  const short = relative(process.cwd(), file)
  return short.startsWith('..') ? file : short
}
