import { describe, expect, it } from 'vitest'
import { findGate, type Gate } from '../../../src/extractors/article/gate.ts'
import { parseHtml } from '../../../src/extractors/page.ts'

const gateOf = (html: string, url = 'https://gazette.example/2026/bridge'): Gate | null =>
  findGate({ url, document: parseHtml(html) }, html)

const story = `<p>${'The council said on Monday that the bridge had cost less than was feared. '.repeat(20)}</p>`

describe('what stands before a site', () => {
  it.each<[Gate, string]>([
    [
      'challenge',
      '<title>Just a moment...</title><noscript>Enable JavaScript and cookies to continue</noscript><script>window._cf_chl_opt={cvId:"3"}</script>',
    ],
    [
      'challenge',
      '<title>DDoS-Guard</title><script src="/.well-known/ddos-guard/check?context=free_splash"></script>',
    ],
    ['challenge', '<iframe src="/_Incapsula_Resource?SWUDNSAI=31"></iframe>'],
    [
      'challenge',
      '<title>gazette.example</title><script src="https://ct.captcha-delivery.com/c.js"></script><p>Please enable JS</p>',
    ],
    ['challenge', '<h1>Press &amp; hold</h1><div id="px-captcha"></div>'],
    [
      'captcha',
      '<h1>Are you a person?</h1><form method="post"><div class="g-recaptcha" data-sitekey="x"></div></form>',
    ],
    ['captcha', '<form action="/checkcaptcha?key=1"><input type="submit" value="I am not a robot"></form>'],
    ['login', '<h1>Welcome back</h1><form><input name=u><input type=password name=p></form>'],
    ['login', '<form><INPUT TYPE = "password"></form>'],
  ])('is a %s', (gate, html) => {
    expect(gateOf(html)).toBe(gate)
  })

  it('is a request for consent where the site sends its readers to a host for that', () => {
    expect(gateOf('<p>We value your privacy</p>', 'https://consent.gazette.example/?to=bridge')).toBe(
      'consent',
    )
  })

  it.each([
    story,
    `${story}<form id="commentform"><div class="h-captcha"></div></form>`,
    `<form><input type="password"></form>${story}<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>`,
    `${story}<script>var site = { pass: "px-captcha" }</script>`,
    '<p>Short news.</p><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
    '<div id="root"></div><script src="/app.js"></script>',
    `<form hidden><input type="password"></form><div id="main"></div><noscript>${story}</noscript>`,
    '',
  ])('is none before %s', (html) => {
    expect(gateOf(html)).toBeNull()
  })
})
