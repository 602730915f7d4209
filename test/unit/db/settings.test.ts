import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { readSettings, UsageError } from '../../../src/settings.ts'

const defaults = {
  databaseUrl: null,
  dataFolder: './data',
  contact: null,
  sitesFolder: null,
  chromiumPath: null,
  logLevel: 'info',
  pseudonymKey: null,
  privacy: 'names',
  dashboardPassword: null,
  webhook: null,
}

function refusalOf(environment: Record<string, string>): string {
  try {
    readSettings(environment)
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
  throw new Error('they were taken')
}

describe('the settings', () => {
  it('need nothing', () => {
    expect(readSettings({})).toEqual(defaults)
  })

  it('that are empty are not set', () => {
    const empty = { DATABASE_URL: '', COMMENTARIAT_CONTACT: ' ', COMMENTARIAT_DATA: '', LOG_LEVEL: '' }
    expect(readSettings(empty)).toEqual(defaults)
  })

  it('are taken from the environment, without the space around them', () => {
    expect(
      readSettings({
        DATABASE_URL: ' postgresql://me@db.example/news ',
        COMMENTARIAT_DATA: '/var/lib/commentariat',
        COMMENTARIAT_CONTACT: 'https://news.example/bot',
        COMMENTARIAT_SITES: tmpdir(),
        CHROMIUM_PATH: process.execPath,
        LOG_LEVEL: 'debug',
        COMMENTARIAT_PSEUDONYM_KEY: ` ${'k'.repeat(32)} `,
        COMMENTARIAT_PRIVACY: 'nameless',
        COMMENTARIAT_DASHBOARD_PASSWORD: 'a long word',
        PATH: '/bin',
      }),
    ).toEqual({
      databaseUrl: 'postgresql://me@db.example/news',
      dataFolder: '/var/lib/commentariat',
      contact: 'https://news.example/bot',
      sitesFolder: tmpdir(),
      chromiumPath: process.execPath,
      logLevel: 'debug',
      pseudonymKey: 'k'.repeat(32),
      privacy: 'nameless',
      dashboardPassword: 'a long word',
      webhook: null,
    })
  })

  it.each(['https://news.example/bot', 'HTTP://news.example', 'ada@news.example', 'mailto:ada@news.example'])(
    'take %s for a contact',
    (contact) => {
      expect(readSettings({ COMMENTARIAT_CONTACT: contact }).contact).toBe(contact)
    },
  )

  it.each([
    ['DATABASE_URL', 'mysql://me@db.example/news', 'must be an address such as postgres://'],
    ['DATABASE_URL', 'db.example', 'must be an address such as postgres://'],
    ['COMMENTARIAT_CONTACT', 'Ada Quill', 'must be the address of a web page or a mailbox'],
    ['COMMENTARIAT_CONTACT', 'ada@news@example', 'must be the address of a web page or a mailbox'],
    ['COMMENTARIAT_SITES', '/no/such/folder', 'names a folder that does not exist'],
    ['CHROMIUM_PATH', '/no/such/file', 'names a file that does not exist'],
    ['COMMENTARIAT_PSEUDONYM_KEY', 'k'.repeat(31), 'must have 32 characters at least'],
    ['COMMENTARIAT_PRIVACY', 'secret', 'must be one of names, pseudonymise, nameless'],
    ['LOG_LEVEL', 'loud', 'must be one of trace, debug, info, warn, error, silent'],
  ])('refuse %s=%s', (name, value, reason) => {
    expect(refusalOf({ [name]: value })).toContain(`  ${name} ${reason}`)
  })

  it('name all mistakes at once', () => {
    const message = refusalOf({
      DATABASE_URL: 'db.example',
      COMMENTARIAT_CONTACT: 'me',
      COMMENTARIAT_SITES: '/no/such/folder',
      CHROMIUM_PATH: '/no/such/file',
      LOG_LEVEL: 'loud',
    })
    const named = message
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(' ')[0])
    expect(named).toEqual([
      'DATABASE_URL',
      'COMMENTARIAT_CONTACT',
      'COMMENTARIAT_SITES',
      'CHROMIUM_PATH',
      'LOG_LEVEL',
    ])
  })

  it('never show a password', () => {
    expect(refusalOf({ DATABASE_URL: 'mysql://me:secret@db.example/news' })).not.toContain('secret')
  })
})
