import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { type DatabaseSettings, type OpenDatabase, openDatabase } from '../../src/db/client.ts'
import { migrateDatabase } from '../../src/db/migrate.ts'
import { type PostgresServer, startPostgres } from '../databases/postgres-server.ts'

export type DatabaseKind = OpenDatabase['kind']

/** A database of one life. */
export interface ChaosDatabase {
  readonly settings: DatabaseSettings
  readonly remove: () => Promise<void>
}

/** Makes as many databases of one kind as are needed: empty or migrated, each in no time. */
export interface Databases {
  readonly kind: DatabaseKind
  /** The server, where there is one. */
  readonly server: PostgresServer | null
  readonly make: (content: 'empty' | 'migrated') => Promise<ChaosDatabase>
  readonly close: () => Promise<void>
}

export async function openDatabases(kind: DatabaseKind): Promise<Databases> {
  return kind === 'embedded' ? openEmbeddedDatabases() : openServerDatabases()
}

async function openEmbeddedDatabases(): Promise<Databases> {
  const template = mkdtempSync(join(tmpdir(), 'commentariat-chaos-template-'))
  await migrateIn({ databaseUrl: null, dataFolder: join(template, 'empty') }, false)
  cpSync(join(template, 'empty'), join(template, 'migrated'), { recursive: true })
  await migrateIn({ databaseUrl: null, dataFolder: join(template, 'migrated') }, true)
  return {
    kind: 'embedded',
    server: null,
    make: async (content) => {
      const dataFolder = mkdtempSync(join(tmpdir(), 'commentariat-chaos-data-'))
      cpSync(join(template, content), dataFolder, { recursive: true })
      const remove = async () => rmSync(dataFolder, { recursive: true, force: true })
      return { settings: { databaseUrl: null, dataFolder }, remove }
    },
    close: async () => rmSync(template, { recursive: true, force: true }),
  }
}

/** What a server acknowledged must outlive its crash, so commits are written. */
async function openServerDatabases(): Promise<Databases> {
  const server = await startPostgres(['synchronous_commit=on'])
  const admin = postgres(server.url, { max: 1, onnotice: () => undefined })
  const urlOf = (name: string): string => Object.assign(new URL(server.url), { pathname: `/${name}` }).href
  await admin`create database migrated template template0`
  await migrateIn({ databaseUrl: urlOf('migrated'), dataFolder: '' }, true)
  return {
    kind: 'server',
    server,
    make: async (content) => {
      const name = `chaos_${randomBytes(6).toString('hex')}`
      const from = content === 'empty' ? 'template0' : 'migrated'
      await admin`create database ${admin(name)} template ${admin(from)}`
      return {
        settings: { databaseUrl: urlOf(name), dataFolder: '' },
        remove: async () => {
          await admin`drop database if exists ${admin(name)} with (force)`
        },
      }
    },
    close: async () => {
      await admin.end()
      await server.stop()
    },
  }
}

async function migrateIn(settings: DatabaseSettings, isToBeMigrated: boolean): Promise<void> {
  const database = await openDatabase(settings)
  if (isToBeMigrated) await migrateDatabase(database)
  await database.close()
}
