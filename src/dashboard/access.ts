import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { basicAuth } from 'hono/basic-auth'
import ipaddr from 'ipaddr.js'

/** Whether only this machine itself can reach a server that listens on this address. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  if (bare === 'localhost') return true
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'loopback'
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Whoever asks must know the password; any user name does. Takes the same time whatever is guessed. */
export function requirePassword(password: string): MiddlewareHandler {
  const wanted = digest(password)
  return basicAuth({
    realm: 'Commentariat',
    verifyUser: (_user, given) => timingSafeEqual(digest(given), wanted),
    invalidUserMessage:
      'The dashboard asks for the password of COMMENTARIAT_DASHBOARD_PASSWORD; any user name does.\n',
  })
}

/**
 * Without a password, only pages that were asked for by a name of this machine are given: a page of somebody else's may
 * have a name of its own point here (DNS rebinding), and read along.
 */
export const requireLoopbackName: MiddlewareHandler = async (context, next) => {
  const { hostname } = new URL(context.req.url)
  if (isLoopback(hostname)) return next()
  return context.text(
    'The dashboard answers to localhost only, unless COMMENTARIAT_DASHBOARD_PASSWORD is set.\n',
    403,
  )
}
