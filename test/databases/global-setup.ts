import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../src/db/client.ts'
import { migrateDatabase } from '../../src/db/migrate.ts'
import { buildJobs } from '../jobs/build-jobs.ts'
import { startPostgres } from './postgres-server.ts'

/** What every suite needs to make databases of its own. */
export interface TestDatabases {
  /** Address of a database of the server that is there for good. */
  readonly serverUrl: string
  /** Every database that the tests make has a name that begins so, and is dropped at the end. */
  readonly prefix: string
  /** Database on the server that has had all migrations and holds nothing. */
  readonly template: string
  /** The same for the embedded database: the data folders `empty` and `migrated`. */
  readonly templateFolder: string
  /** Holds `jobs/NAME.js`: the jobs as JavaScript, which start in half the time. */
  readonly builtJobs: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    readonly databases: TestDatabases
  }
}

/** Uses the server of DATABASE_URL, else starts one, and makes a migrated template on both databases. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const given = process.env['DATABASE_URL']
  const server = given ? { url: given, stop: async () => undefined } : await startPostgres()
  const templateFolder = mkdtempSync(join(tmpdir(), 'commentariat-template-'))
  const prefix = `commentariat_test_${randomBytes(4).toString('hex')}`
  const template = `${prefix}_template`
  const jobs = await buildJobs()
  const tearDown = async () => {
    jobs.remove()
    rmSync(templateFolder, { recursive: true, force: true })
    await dropDatabases(server.url, prefix)
    await server.stop()
  }
  try {
    await makeTemplate(server.url, template)
    await makeFolders(templateFolder)
  } catch (error) {
    await tearDown()
    throw error
  }
  // Jobs that the tests start must not find the server by themselves.
  delete process.env['DATABASE_URL']
  provide('databases', { serverUrl: server.url, prefix, template, templateFolder, builtJobs: jobs.folder })
  return tearDown
}

async function makeTemplate(serverUrl: string, name: string): Promise<void> {
  const client = postgres(serverUrl, { max: 1, onnotice: () => undefined })
  await client`create database ${client(name)} encoding 'UTF8' template template0`
  await client.end()
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const database = await openDatabase({ databaseUrl: url.href, dataFolder: '' })
  await migrateDatabase(database)
  await database.close()
}

/** To be filled for the first time takes the embedded database seconds, so it is done once. */
async function makeFolders(templateFolder: string): Promise<void> {
  const [empty, migrated] = [join(templateFolder, 'empty'), join(templateFolder, 'migrated')]
  const first = await openDatabase({ databaseUrl: null, dataFolder: empty })
  await first.close()
  cpSync(empty, migrated, { recursive: true })
  const database = await openDatabase({ databaseUrl: null, dataFolder: migrated })
  await migrateDatabase(database)
  await database.close()
}

async function dropDatabases(serverUrl: string, prefix: string): Promise<void> {
  const client = postgres(serverUrl, { max: 1, onnotice: () => undefined })
  const rows = await client<{ name: string }[]>`
    select datname as name from pg_database where starts_with(datname, ${prefix})`
  for (const { name } of rows) await client`drop database if exists ${client(name)} with (force)`
  await client.end()
}
