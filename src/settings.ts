import { existsSync } from 'node:fs'
import { z } from 'zod'

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const

export interface Settings {
  /** PostgreSQL server; null: the embedded database. */
  readonly databaseUrl: string | null
  /** Folder of the embedded database and other local state. */
  readonly dataFolder: string
  /** Address of a page or mailbox, told to every host that is asked. */
  readonly contact: string | null
  /** Folder of further site definitions. */
  readonly sitesFolder: string | null
  readonly chromiumPath: string | null
  readonly logLevel: (typeof logLevels)[number]
}

/** What a person asked for makes no sense, or the settings don't; nothing was begun. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const isContact = (value: string) =>
  /^https?:\/\/\S+$/i.test(value) || /^(mailto:)?[^\s@]+@[^\s@]+$/.test(value)
const isDatabaseUrl = (value: string) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value)
const text = z.string().trim()

const environmentShape = z.object({
  DATABASE_URL: text
    .refine(isDatabaseUrl, 'must be an address such as postgres://user:password@host:5432/name')
    .optional(),
  COMMENTARIAT_DATA: text.default('./data'),
  COMMENTARIAT_CONTACT: text.refine(isContact, 'must be the address of a web page or a mailbox').optional(),
  COMMENTARIAT_SITES: text
    .refine((path) => existsSync(path), 'names a folder that does not exist')
    .optional(),
  CHROMIUM_PATH: text.refine((path) => existsSync(path), 'names a file that does not exist').optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
})

/** @throws UsageError with every mistake at once. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  // A variable that is set to nothing is one that is not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
  const parsed = environmentShape.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`)
    throw new UsageError(`the settings have mistakes (see .env.example):\n${lines.join('\n')}`)
  }
  const { data } = parsed
  return {
    databaseUrl: data.DATABASE_URL ?? null,
    dataFolder: data.COMMENTARIAT_DATA,
    contact: data.COMMENTARIAT_CONTACT ?? null,
    sitesFolder: data.COMMENTARIAT_SITES ?? null,
    chromiumPath: data.CHROMIUM_PATH ?? null,
    logLevel: data.LOG_LEVEL,
  }
}
