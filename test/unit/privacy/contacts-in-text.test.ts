import { assert, emailAddress, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { replaceContacts } from '../../../src/privacy/contacts-in-text.ts'
import { withoutContacts } from '../../../src/privacy/protect-comment.ts'

describe('mailboxes and telephone numbers in texts', () => {
  it.each([
    ['Write to ann.lee+news@mail.example.co.uk, or not.', 'Write to [mailbox], or not.'],
    ['(юля@почта.рф)', '([mailbox])'],
    ['mailto:ann@example.com?subject=x', 'mailto:[mailbox]?subject=x'],
    ['Call +49 (0)171 234-56-78!', 'Call [phone]!'],
    ['+7 (495) 123-45-67, 0049/171/2345678', '[phone], [phone]'],
    ['030 1234567 or (030) 12 34 56', '[phone] or [phone]'],
    ['(555) 123-4567.', '[phone].'],
  ])('%s', (text, replaced) => {
    expect(replaceContacts(text)).toBe(replaced)
  })

  it.each([
    'On 01.02.2026 at 08:30-09:45 came 1 250 000 people (2026), 30 000 of them twice',
    '@ann, @bob@ are names; me@home is none',
    'Law 44-04-2012, article 0.5, room 101, ISBN 978-3-16-148410-0, 0:0 and 10:15',
    'version 10.20.30.40, 007, 2026-11-26T10:00:00Z, 1,000,000.00',
  ])('leave %s', (text) => {
    expect(replaceContacts(text)).toBe(text)
  })

  it('are found however they are written', () => {
    assert(
      property(emailAddress(), integer({ min: 1_000_000, max: 999_999_999_999 }), (mailbox, number) => {
        // Signs that are allowed in a name, and that nobody writes.
        if (!/^[\w.%+-]+@[\w.-]+$/.test(mailbox)) return
        expect(replaceContacts(`x ${mailbox} +${number} y`)).toBe('x [mailbox] [phone] y')
      }),
    )
  })

  it('go from words, markup, addresses and quotes', () => {
    const quote = { author: 'ann@example.com', nativeId: null, text: 'call +49 171 2345678' }
    expect(
      withoutContacts({
        bodyText: 'at ann@example.com',
        bodyHtml: '<p>at <a href="https://example.com/?to=ann%40example.com">ann@example.com</a></p>',
        quotes: [quote],
      }),
    ).toEqual({
      bodyText: 'at [mailbox]',
      bodyHtml: '<p>at <a>[mailbox]</a></p>',
      quotes: [{ author: '[mailbox]', nativeId: null, text: 'call [phone]' }],
    })
  })
})
