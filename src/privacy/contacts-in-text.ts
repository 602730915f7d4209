/** Stand in texts where somebody could be written to, or called. */
const [MAILBOX, PHONE] = ['[mailbox]', '[phone]']

/** As people write it: RFC 5321 without quoted names and literal addresses, in any script. */
const mailbox =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])/gu

/**
 * Digits behind a country's code (ITU-T E.123), or behind an area that is told by its zero or its brackets. Any other number
 * may be a sum, a year or a law, and stays.
 */
const phone =
  /(?<![\p{L}\p{N}.,:/+-])(?:(?:\+|00)[1-9](?:[ ()./-]{0,3}\d){6,14}|\(0\d{1,5}\)(?:[ ./-]{0,2}\d){5,10}|\(\d{3}\) ?\d{3}[ .-]\d{4}|0\d{2,4}[ /-](?:[ ./-]?\d){5,9})(?![\p{L}\p{N}]|[.,:/-]\d)/gu

/** A text with every mailbox and telephone number replaced. */
export function replaceContacts(text: string): string {
  return text.replaceAll(mailbox, MAILBOX).replaceAll(phone, PHONE)
}
