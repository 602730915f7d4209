import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { z } from 'zod'
import { sites as declaredSites } from './index.ts'
import { defineSite, type Site } from './site.ts'
import { SiteError } from './site-error.ts'
import type { siteSchema } from './site-schema.ts'

/**
 * The declared sites and those that a folder of further definitions holds, sorted by id: `.json` files with
 * one declaration each, `.ts` and `.js` files with one or more exported ones. Other files are passed over.
 * @throws SiteError with every mistake of every file at once.
 */
export async function loadSites(extraFolder: string | null): Promise<readonly Site[]> {
  if (extraFolder === null) return declaredSites
  // Checking definitions takes libraries that a crawl of the declared sites can start without.
  const { siteSchema: schema } = await import('./site-schema.ts')
  const problems: string[] = []
  const found: { file: string; site: Site }[] = []
  for (const file of await definitionFiles(extraFolder)) {
    for (const definition of await readDefinitions(file, problems)) {
      const site = checkDefinition(schema, definition, file, problems)
      if (site !== null) found.push({ file, site })
    }
  }
  problems.push(...repeatedIds(found))
  if (problems.length > 0) throw new SiteError(problems)
  return [...declaredSites, ...found.map(({ site }) => site)].toSorted(byId)
}

const byId = (a: Site, b: Site): number => (a.id < b.id ? -1 : 1)

async function definitionFiles(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder)
    return names
      .filter((name) => /\.(?:[cm]?[jt]s|json)$/.test(name) && !/\.(?:d|test)\.[cm]?ts$/.test(name))
      .toSorted()
      .map((name) => join(folder, name))
  } catch (cause) {
    throw new SiteError([`The folder of further sites can't be read: ${folder}: ${messageOf(cause)}`])
  }
}

async function readDefinitions(file: string, problems: string[]): Promise<unknown[]> {
  try {
    if (file.endsWith('.json')) return [JSON.parse(await readFile(file, 'utf8'))]
    const module = await importFile(file)
    const exported = Object.values(module ?? {}).filter(isRecord)
    const definitions = exported.filter((value) => !isWhole(value, exported))
    if (definitions.length === 0) problems.push(`${file}: exports no site`)
    return definitions
  } catch (cause) {
    problems.push(`${file}: can't be read: ${messageOf(cause)}`)
    return []
  }
}

/** Jobs run as JavaScript, so TypeScript is read by its own loader. */
async function importFile(file: string): Promise<unknown> {
  const { href } = pathToFileURL(file)
  if (!file.endsWith('ts')) return import(href)
  const { tsImport } = await import('tsx/esm/api')
  return tsImport(href, import.meta.url)
}

/** Where Node takes a file for CommonJS, all that it exports comes once more in one. */
function isWhole(value: Readonly<Record<string, unknown>>, exported: readonly unknown[]): boolean {
  const values = Object.values(value)
  return values.length > 0 && values.every((one) => exported.includes(one))
}

function checkDefinition(
  schema: typeof siteSchema,
  definition: unknown,
  file: string,
  problems: string[],
): Site | null {
  const checked = schema.safeParse(definition)
  if (checked.success) return defineSite(checked.data)
  problems.push(...checked.error.issues.map((issue) => describe(issue, file)))
  return null
}

function describe(issue: z.core.$ZodIssue, file: string): string {
  const field = issue.path.length === 0 ? '' : `${issue.path.join('.')}: `
  return `${file}: ${field}${issue.message}`
}

function repeatedIds(found: readonly { file: string; site: Site }[]): string[] {
  const known = new Set(declaredSites.map((site) => site.id))
  const problems: string[] = []
  for (const { file, site } of found) {
    if (known.has(site.id)) problems.push(`${file}: id: "${site.id}" is taken by another site`)
    known.add(site.id)
  }
  return problems
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
