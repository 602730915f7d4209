import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { inject } from 'vitest'
import { type DatabaseSettings, type OpenDatabase, openDatabase } from '../../src/db/client.ts'

/** Where a fresh database lies, to be opened by a test or by a process that it starts. */
export interface NewDatabase {
  readonly settings: DatabaseSettings
  /** Opens it, as often as the database lets itself be opened; `remove` closes whatever is open. */
  readonly open: () => Promise<OpenDatabase>
  readonly remove: () => Promise<void>
}

export type DatabaseKind = OpenDatabase['kind']

/** A database of one's own, migrated unless it is to be `empty`. */
export async function newDatabase(
  kind: DatabaseKind,
  content: 'migrated' | 'empty' = 'migrated',
): Promise<NewDatabase> {
  const made = kind === 'embedded' ? newFolder(content) : await newServerDatabase(content)
  const opened: OpenDatabase[] = []
  return {
    settings: made.settings,
    open: async () => {
      const database = await openDatabase(made.settings)
      opened.push(database)
      return database
    },
    remove: async () => {
      for (const database of opened) await database.close()
      await made.remove()
    },
  }
}

type Made = Pick<NewDatabase, 'settings' | 'remove'>

function newFolder(content: 'migrated' | 'empty'): Made {
  const dataFolder = mkdtempSync(join(tmpdir(), 'commentariat-data-'))
  const { templateFolder } = inject('databases')
  cpSync(join(templateFolder, content), dataFolder, { recursive: true })
  return {
    settings: { databaseUrl: null, dataFolder },
    remove: async () => rmSync(dataFolder, { recursive: true, force: true }),
  }
}

async function newServerDatabase(content: 'migrated' | 'empty'): Promise<Made> {
  const { serverUrl, prefix, template } = inject('databases')
  const name = `${prefix}_${randomBytes(6).toString('hex')}`
  await onServer(serverUrl, async (client) => {
    const from = content === 'empty' ? 'template0' : template
    await client`create database ${client(name)} encoding 'UTF8' template ${client(from)}`
  })
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    settings: { databaseUrl: url.href, dataFolder: '' },
    remove: () =>
      onServer(serverUrl, async (client) => {
        await client`drop database if exists ${client(name)} with (force)`
      }),
  }
}

async function onServer(url: string, work: (client: postgres.Sql) => Promise<void>): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
