import { existsSync } from 'node:fs'
import { withFirstHost } from './database-hosts.ts'

const privacies = ['names', 'pseudonymise', 'nameless'] as const
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
  /** Asked of whoever opens the dashboard; null: it is for this machine only. */
  readonly dashboardPassword: string | null
  /** Address that is told of alarms; may hold a secret. Null: none is. */
  readonly webhook: string | null
  readonly logLevel: (typeof logLevels)[number]
  /** Secret that pseudonyms and the list of erasures are made with; null: none. */
  readonly pseudonymKey: string | null
  /** How writers are held on sites that do not say. */
  readonly privacy: (typeof privacies)[number]
}

/** What a person asked for makes no sense, or the settings don't; nothing was begun. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const isContact = (value: string) =>
  /^https?:\/\/\S+$/i.test(value) || /^(mailto:)?[^\s@]+@[^\s@]+$/.test(value)
const isWebAddress = (value: string) =>
  /^https?:\/\//i.test(value) && URL.canParse(value) && new URL(value).username === ''
const isDatabaseUrl = (value: string) =>
  /^postgres(ql)?:\/\//.test(value) && URL.canParse(withFirstHost(value))
const isLogLevel = (value: string | null): value is Settings['logLevel'] =>
  logLevels.some((level) => level === value)
const isPrivacy = (value: string | null): value is Settings['privacy'] =>
  privacies.some((privacy) => privacy === value)

/** As short a secret could be guessed from a pseudonym. */
const shortestKey = 32

/**
 * Reads the settings without a library for it: a command that is turned away must not take long to learn it.
 * @throws UsageError with every mistake at once.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const mistakes: string[] = []
  // A variable that is set to nothing is one that is not set.
  const read = (name: string, isRight: (value: string) => boolean, demand: string): string | null => {
    const value = environment[name]?.trim() || null
    if (value !== null && !isRight(value)) mistakes.push(`  ${name} ${demand}`)
    return value
  }
  const databaseUrl = read(
    'DATABASE_URL',
    isDatabaseUrl,
    'must be an address such as postgres://user:password@host:5432/name',
  )
  const contact = read('COMMENTARIAT_CONTACT', isContact, 'must be the address of a web page or a mailbox')
  const sitesFolder = read('COMMENTARIAT_SITES', existsSync, 'names a folder that does not exist')
  const webhook = read(
    'COMMENTARIAT_WEBHOOK',
    isWebAddress,
    'must be an address such as https://host/path, without user name',
  )
  const chromiumPath = read('CHROMIUM_PATH', existsSync, 'names a file that does not exist')
  const logLevel = read('LOG_LEVEL', isLogLevel, `must be one of ${logLevels.join(', ')}`)
  const privacy = read('COMMENTARIAT_PRIVACY', isPrivacy, `must be one of ${privacies.join(', ')}`)
  const pseudonymKey = read(
    'COMMENTARIAT_PSEUDONYM_KEY',
    (value) => value.length >= shortestKey,
    `must have ${shortestKey} characters at least; make one: openssl rand -hex 32`,
  )
  if (mistakes.length > 0)
    throw new UsageError(`the settings have mistakes (see .env.example):\n${mistakes.join('\n')}`)
  return {
    databaseUrl,
    dataFolder: environment['COMMENTARIAT_DATA']?.trim() || './data',
    contact,
    sitesFolder,
    chromiumPath,
    dashboardPassword: environment['COMMENTARIAT_DASHBOARD_PASSWORD'] || null,
    webhook,
    logLevel: isLogLevel(logLevel) ? logLevel : 'info',
    pseudonymKey,
    privacy: isPrivacy(privacy) ? privacy : 'names',
  }
}
