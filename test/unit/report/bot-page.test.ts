import { describe, expect, it } from 'vitest'
import { parseOrigin, renderBotPage, renderOrigins } from '../../../src/report/bot-page.ts'

const facts = {
  token: 'Commentariat',
  userAgent: 'Commentariat/0.1 (+https://archive.example/bot)',
  contact: 'https://archive.example/bot',
  hasOrigins: false,
}

describe('the addresses of a crawler', () => {
  it.each([
    ['8.8.4.4', { ipv4Prefix: '8.8.4.4/32' }],
    ['8.8.4.0/24', { ipv4Prefix: '8.8.4.0/24' }],
    ['2001:4860:0::1', { ipv6Prefix: '2001:4860::1/128' }],
    ['2001:4860::/32', { ipv6Prefix: '2001:4860::/32' }],
  ])('%s is one', (told, origin) => expect(parseOrigin(told)).toEqual(origin))

  it.each([
    '',
    'here',
    '8.8.4',
    '8.8.4.4/33',
    '10.0.0.1',
    '127.0.0.1',
    '192.168.0.0/16',
    '::1',
    'fd00::/8',
    '8.8.4.4/',
  ])('%j is none', (told) => expect(parseOrigin(told)).toBeNull())

  it('are listed as Google lists its own', () => {
    const list: unknown = JSON.parse(
      renderOrigins([{ ipv4Prefix: '8.8.4.4/32' }], new Date('2026-03-01T10:00:00Z')),
    )
    expect(list).toEqual({
      creationTime: '2026-03-01T10:00:00.000Z',
      prefixes: [{ ipv4Prefix: '8.8.4.4/32' }],
    })
  })
})

describe('the page on the bot', () => {
  it('says who asks, how to keep it out, and whom to turn to', async () => {
    const page = await renderBotPage(facts)
    expect(page).toContain('User-Agent: Commentariat/0.1 (+https://archive.example/bot)')
    expect(page).toContain('User-agent: Commentariat\nDisallow: /')
    expect(page).toContain('<a href="https://archive.example/bot">')
    expect(page).not.toContain('addresses.json')
  })

  it('leads to the mailbox, and to the list of addresses, where there is one', async () => {
    const page = await renderBotPage({ ...facts, contact: 'mailto:bot@archive.example', hasOrigins: true })
    expect(page).toContain('<a href="mailto:bot@archive.example">bot@archive.example</a>')
    expect(page).toContain('href="addresses.json"')
  })

  it('takes nothing for markup', async () => {
    expect(
      await renderBotPage({ ...facts, contact: 'https://a.example/"><script>alert(1)</script>' }),
    ).not.toContain('<script')
  })
})
