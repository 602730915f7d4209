import { describe, expect, it } from 'vitest'
import { type Newsroom, openNewsroom } from '../../../src/demo/newsroom.ts'
import { getText, openForTest, siteOf } from './reading.ts'

const withoutPorts = (newsroom: Newsroom): string =>
  JSON.stringify(newsroom.ledger()).replace(/127\.0\.0\.1:\d+/g, 'host')

const allComments = (newsroom: Newsroom) =>
  newsroom.ledger().sites.flatMap(({ articles }) => articles.flatMap(({ comments }) => comments))

describe('openNewsroom', () => {
  it('makes the same news from the same seed, changes included', async () => {
    const [one, other] = [await openForTest({ seed: 11 }), await openForTest({ seed: 11 })]
    expect(withoutPorts(one)).toBe(withoutPorts(other))
    expect(JSON.stringify(one.change().sites)).toBe(JSON.stringify(other.change().sites))
    expect(withoutPorts(one)).toBe(withoutPorts(other))
  })

  it('makes other news from another seed', async () => {
    const [one, other] = [await openForTest({ seed: 1 }), await openForTest({ seed: 2 })]
    expect(withoutPorts(one)).not.toBe(withoutPorts(other))
  })

  it('opens the sites that are asked for, with as many articles', async () => {
    const newsroom = await openForTest({ sites: ['isso', 'dle'], articlesPerSite: 3 })
    expect(newsroom.sites.map(({ id }) => id)).toEqual(['dle', 'isso'])
    expect(newsroom.ledger().sites.map(({ articles }) => articles.length)).toEqual([3, 3])
  })

  it('refuses an unknown site and names the known ones', async () => {
    await expect(openNewsroom({ sites: ['blog'] })).rejects.toThrow(
      'no demo site is called blog; there are dle, dle-flat, wordpress, isso, browser',
    )
  })

  it('holds nothing younger than now, no empty text and no self-made address twice', async () => {
    const now = new Date('2026-01-31T23:59:30Z')
    const newsroom = await openForTest({ now })
    const comments = allComments(newsroom)
    expect(comments.length).toBeGreaterThan(300)
    expect(comments.filter(({ publishedAt }) => publishedAt > now)).toEqual([])
    expect(comments.filter(({ text, author }) => text.trim() === '' || author === '')).toEqual([])
    const urls = newsroom.ledger().sites.flatMap(({ articles }) => articles.map(({ url }) => url))
    expect(new Set(urls).size).toBe(35)
  })

  it('has the texts that careless code breaks', async () => {
    const texts = allComments(await openForTest({ articlesPerSite: 12 }))
      .map(({ text }) => text)
      .join('\n')
    for (const awkward of ['&', '<b>', '>', '“', '"', '🎉', '👏🏽']) expect(texts).toContain(awkward)
  })

  it('remembers every request', async () => {
    const newsroom = await openForTest({ sites: ['isso'], clock: () => new Date(5_000) })
    const { url } = siteOf(newsroom, 'isso')
    await getText(`${url}robots.txt?a=1`, { 'user-agent': 'test-agent' })
    expect(newsroom.requests()).toEqual([
      {
        at: 5_000,
        inFlight: 1,
        site: 'isso',
        host: new URL(url).host,
        method: 'GET',
        path: '/robots.txt?a=1',
        status: 200,
        userAgent: 'test-agent',
      },
    ])
  })

  it('disallows and links a private page on every site', async () => {
    const newsroom = await openForTest()
    for (const { url } of newsroom.sites) {
      expect(await getText(`${url}robots.txt`)).toContain('Disallow: /private/')
      expect(await getText(url)).toContain('/private/notes-for-the-newsroom.html')
    }
  })

  it('shows every article at its address, whose title the page carries', async () => {
    const newsroom = await openForTest({ articlesPerSite: 3 })
    for (const { articles } of newsroom.ledger().sites) {
      const pages = await Promise.all(articles.map(({ url }) => fetch(url)))
      expect(pages.map(({ status }) => status)).toEqual([200, 200, 200])
    }
  })
})
