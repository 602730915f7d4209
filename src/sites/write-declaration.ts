import type { SiteDeclaration } from './site.ts'

/** Name of the file of a declaration, without its ending: the id, with hyphens for dots. */
export const fileStem = (id: string): string => id.replaceAll('.', '-')

/** Name under which a declaration is exported: `daily-maverick` gives `dailyMaverick`, `24.example` gives `site24Example`. */
export function exportName(id: string): string {
  const [first = '', ...rest] = id.split(/[.-]+/).filter((word) => word !== '')
  const name = first + rest.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
  const isFree = /^[a-z]/.test(name) && !reserved.has(name)
  return isFree ? name : `site${name.slice(0, 1).toUpperCase()}${name.slice(1)}`
}

/** Ids that are words of the language, or are imported by every declaration. */
const reserved = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally for ' +
    'function if import in instanceof let new null package private protected public return static super switch this ' +
    'throw true try typeof var void while with yield site sites feed listing sitemap'
  ).split(' '),
)

/** A declaration as a file of `src/sites`. */
export function declarationSource({ sources = [], ...declaration }: SiteDeclaration): string {
  const kinds = [...new Set(sources.map(({ kind }) => kind))].toSorted()
  const fields = Object.entries(declaration).map(([field, value]) => `  ${field}: ${literal(value)},`)
  const calls = sources.map(({ kind, url }) => `${kind}(${literal(url)})`)
  return [
    `import { ${['defineSite', ...kinds].join(', ')} } from './site.ts'`,
    '',
    `export const ${exportName(declaration.id)} = defineSite({`,
    ...fields,
    ...(calls.length === 0 ? [] : [`  sources: [${calls.join(', ')}],`]),
    '})',
    '',
  ].join('\n')
}

/** A value in single quotes, as the other declarations write them. */
function literal(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  const inner = JSON.stringify(value)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)
  return `'${inner.replaceAll('\u2028', String.raw`\u2028`).replaceAll('\u2029', String.raw`\u2029`)}'`
}

/**
 * The list of declared sites with one more, imports sorted by file and sites by id; as it was when it has the site.
 * @param list text of `src/sites/index.ts`.
 * @param ids ids of the sites in the list, in its order.
 * @throws Error when the text is not a list of imports and names.
 */
export function withListedSite(list: string, ids: readonly string[], id: string): string {
  if (ids.includes(id)) return list
  const found = /^((?:import .*\n)+)(?!import )([^]*?readonly Site\[\] = \[\n)((?: {2}\w+,\n)*)(\]\n?)$/.exec(
    list,
  )
  const [, imports = '', middle = '', names = '', end = ''] = found ?? []
  const named = lines(names)
  if (found === null || named.length !== ids.length)
    throw new Error('src/sites/index.ts is not a list of imports and names; add the site by hand')
  const imported = [...lines(imports), `import { ${exportName(id)} } from './${fileStem(id)}.ts'`]
  const place = ids.findIndex((other) => other > id)
  const sites = named.toSpliced(place === -1 ? named.length : place, 0, `  ${exportName(id)},`)
  const sorted = imported.toSorted((one, other) => (moduleOf(one) < moduleOf(other) ? -1 : 1))
  return `${sorted.join('\n')}\n${middle}${sites.join('\n')}\n${end}`
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '')
const moduleOf = (line: string): string => /'\.\/([^']*)\.ts'/.exec(line)?.[1] ?? line
