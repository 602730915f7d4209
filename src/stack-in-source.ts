import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { fileURLToPath } from 'node:url'

/** A place in a program that `jobs/start.mjs` made. */
const madePlace = /(file:\/\/[^\s()]{1,1000}?\/\.cache\/commentariat\/[\w-]{1,200}\.mjs):(\d{1,9}):(\d{1,9})/g

/** @throws TypeError when it is no map of a program's places. */
export function parseSourceMap(json: string): SourceMap {
  const map: unknown = JSON.parse(json)
  if (!isSourceMap(map)) throw new TypeError('it is no source map')
  return new SourceMap({ ...map, file: '', version: 3, sourcesContent: [], sourceRoot: '' })
}

/** By hand, for whatever starts loads this file, and should not load a library for what hardly ever happens. */
function isSourceMap(map: unknown): map is { sources: string[]; names: string[]; mappings: string } {
  if (typeof map !== 'object' || map === null) return false
  return (
    'mappings' in map &&
    typeof map.mappings === 'string' &&
    areTexts(map, 'sources') &&
    areTexts(map, 'names')
  )
}

function areTexts(map: object, key: string): boolean {
  const values: unknown = Reflect.get(map, key)
  return Array.isArray(values) && values.every((value) => typeof value === 'string')
}

/** Where in our sources a place of a program is, or null. @param base the address that the map's names start from. */
export function placeInSource(
  map: SourceMap,
  base: string | URL,
  place: { readonly line: number; readonly column: number },
): string | null {
  const entry = map.findEntry(place.line - 1, place.column - 1)
  if (!('originalSource' in entry)) return null
  const file = fileURLToPath(new URL(entry.originalSource, base))
  return `${file}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
}

/**
 * What an error tells of where it happened, by our sources. Node could say so by itself, but would read the maps of all
 * packages as they are loaded, which takes a tenth of a second and 15 MB for as long as the process lives.
 */
export function stackInSource(error: Error): string {
  return (error.stack ?? error.message).replaceAll(
    madePlace,
    (found: string, program: string, line: string, column: string) => {
      try {
        const map = parseSourceMap(readFileSync(new URL(`${program}.map`), 'utf8'))
        return placeInSource(map, program, { line: Number(line), column: Number(column) }) ?? found
      } catch {
        // The place in the program tells less, but tells it.
        return found
      }
    },
  )
}
