import { describe, expect, it } from 'vitest'
import { locateThread, platformNamed, platforms } from '../../../src/extractors/comments/detect.ts'
import { parsePage } from '../../../src/extractors/page.ts'
import { fetchedAt } from './thread-fixture.ts'

const html = `<html><head><meta name="generator" content="WordPress 6.5"></head><body class="postid-3">
  <form id="commentform" action="/wp-comments-post.php"></form><section id="isso-thread"></section>
  <script data-isso="/isso" src="/isso/js/embed.min.js"></script></body></html>`
const page = parsePage(html, 'https://paper.example/a/', fetchedAt)
const context = { timezone: 'UTC', language: null, articleNativeId: null, canonicalUrl: page.url }

describe('locateThread', () => {
  it('prefers the platform that names its own server', () => {
    expect(locateThread(page, context)?.thread).toMatchObject({
      platform: 'isso',
      nativeId: '/a/',
      data: { server: 'https://paper.example/isso/' },
    })
  })

  it('tries the allowed platforms only, in their order', () => {
    expect(locateThread(page, context, ['wordpress', 'isso'])?.platform.name).toBe('wordpress')
    expect(locateThread(page, context, ['datalife-engine'])).toBeNull()
  })

  it('knows every platform by its name', () => {
    for (const platform of platforms) expect(platformNamed(platform.name)).toBe(platform)
    const names = platforms.map(({ name }) => name)
    expect(() => platformNamed('usenet')).toThrow(
      `there is no comment platform "usenet"; known are ${names.join(', ')}`,
    )
    expect(new Set(names).size).toBe(names.length)
  })
})
