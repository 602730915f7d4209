import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { z } from 'zod'
import { startPostgres } from '../databases/postgres-server.ts'

/** A comment as the server keeps it for us; `id` is its own. */
export interface Written {
  readonly id: string
  readonly parent: string | null
  readonly author: string
  readonly text: string
}

/** Waline's server, run for real on a database of its own, and written to by its own interface. */
export interface WalineService {
  readonly address: string
  /** Writes a comment as a guest, or as the first user, who is the administrator. */
  readonly write: (comment: NewComment) => Promise<Written>
  /** Changes a comment as the administrator, or votes for it as anybody. */
  readonly change: (id: string, change: Readonly<Record<string, unknown>>) => Promise<void>
  /** Takes a comment away with all that is below it. */
  readonly remove: (id: string) => Promise<void>
  readonly stop: () => Promise<void>
}

export interface NewComment {
  readonly path: string
  readonly author: string
  readonly text: string
  /** What it answers, and the first comment of that exchange. */
  readonly answers?: { readonly parent: string; readonly root: string }
  readonly asAdministrator?: boolean
}

export const isWalineInstalled = (): boolean =>
  existsSync(new URL('node_modules/@waline/vercel/package.json', import.meta.url))

/** The columns that the server asks its tables for. It folds names to lower case. */
const tables = `
  create table wl_comment (id serial primary key, user_id int, comment text, insertedat timestamp not null default now(),
    ip text, link text, mail text, nick text, pid int, rid int, sticky numeric, status text not null default '',
    "like" int, ua text, url text, createdat timestamp default now(), updatedat timestamp default now());
  create table wl_counter (id serial primary key, time int, url text not null default '',
    createdat timestamp default now(), updatedat timestamp default now());
  create table wl_users (id serial primary key, display_name text not null default '', email text not null default '',
    password text not null default '', type text not null default '', label text, url text, avatar text, github text,
    twitter text, facebook text, google text, weibo text, qq text, oidc text, huawei text, "2fa" text,
    createdat timestamp default now(), updatedat timestamp default now());`

const saved = z.object({
  errno: z.literal(0),
  data: z.object({ objectId: z.union([z.string(), z.number()]) }),
})
const signedIn = z.object({ errno: z.literal(0), data: z.object({ token: z.string() }) })
const started = z.object({ port: z.number() })

export async function startWaline(): Promise<WalineService> {
  const database = await startPostgres()
  const client = postgres(database.url, { max: 1, onnotice: () => undefined })
  await client.unsafe(tables)
  await client.end()
  const { hostname, port } = new URL(database.url)
  const server = fork(fileURLToPath(new URL('waline-server.mjs', import.meta.url)), {
    // It writes down every request, and each that it does not know as an error.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      TZ: 'UTC',
      PG_HOST: hostname,
      PG_PORT: port,
      PG_DB: 'postgres',
      PG_USER: 'postgres',
      PG_PASSWORD: 'any',
      JWT_TOKEN: 'any',
      AKISMET_KEY: 'false',
      IPQPS: '0',
    },
  })
  const [message]: unknown[] = await once(server, 'message')
  const address = `http://127.0.0.1:${started.parse(message).port}`
  const ask = asker(address)
  const person = { email: 'desk@paper.example', password: 'any', display_name: 'Desk', url: '' }
  await ask('POST', '/api/user', person)
  const { token } = signedIn.parse(await ask('POST', '/api/token', person)).data
  const administrator = { authorization: `Bearer ${token}` }
  return {
    address,
    write: async ({ path, author, text, answers, asAdministrator = false }) => {
      const body = {
        url: path,
        nick: author,
        mail: `${author.toLowerCase()}@readers.example`,
        link: '',
        ua: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0',
        comment: text,
        ...(answers === undefined ? {} : { pid: answers.parent, rid: answers.root, at: author }),
      }
      const given = await ask('POST', '/api/comment', body, asAdministrator ? administrator : {})
      const id = String(saved.parse(given).data.objectId)
      return { id, parent: answers?.parent ?? null, author, text }
    },
    change: async (id, change) => {
      await ask('PUT', `/api/comment/${id}`, change, 'like' in change ? {} : administrator)
    },
    remove: async (id) => {
      await ask('DELETE', `/api/comment/${id}`, {}, administrator)
    },
    stop: async () => {
      const ended = once(server, 'exit')
      server.disconnect()
      await ended
      await database.stop()
    },
  }
}

function asker(address: string) {
  return async (
    method: string,
    path: string,
    body: Readonly<Record<string, unknown>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<unknown> => {
    const answer = await fetch(address + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`)
    return JSON.parse(text)
  }
}
