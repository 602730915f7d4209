import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Failure } from '../../failure.ts'

/** Turns a host name into all of its addresses. Tests put their own in its place. */
export type Resolver = (hostname: string) => Promise<readonly string[]>

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')
const lastReservedPort = 1023

/**
 * True for every address that is not on the public internet: loopback, private, link-local, shared, reserved,
 * documentation, multicast, and the IPv6 forms that carry an IPv4 address inside (mapped, NAT64, 6to4, Teredo).
 * What can't be read as an address counts as special too.
 */
export function isSpecialAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return true
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return true
  return parsed instanceof ipaddr.IPv6 && !parsed.match(globalUnicast)
}

/**
 * Reads an address that is about to be fetched: http or https, without credentials, fragment and the root dot.
 * Throws `bad_url` for anything else.
 */
export function parseFetchUrl(raw: string, base?: URL): URL {
  const url = URL.canParse(raw, base?.href) ? new URL(raw, base) : null
  if (url === null) throw new Failure('bad_url', `${shown(raw)} is not an address`, { url: shown(raw) })
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Failure('bad_url', `${shown(raw)} is neither http nor https`, { url: shown(raw) })
  }
  // One host, one robots.txt, one pace.
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1)
  url.username = ''
  url.password = ''
  url.hash = ''
  return url
}

/**
 * Refuses an address by its spelling alone, before any look-up: literal addresses (URL has already brought octal, hex
 * and short forms to one), localhost names, and ports below 1024 that are not of the web.
 */
export function refuseSpecialHost(url: URL): void {
  const host = bareHost(url)
  if (isLocalhostName(host) || (ipaddr.isValid(host) && isSpecialAddress(host))) {
    throw new Failure('private_address', `${host} is not on the public internet`, { url: url.href })
  }
  const port = Number(url.port)
  if (url.port !== '' && port <= lastReservedPort && port !== 80 && port !== 443) {
    throw new Failure('bad_url', `port ${port} of ${host} is not a port of the web`, { url: url.href })
  }
}

/** True when the address names this very machine, which needs no contact and, by default, no delay. */
export function isLoopbackUrl(url: string | URL): boolean {
  if (!URL.canParse(String(url))) return false
  const host = bareHost(new URL(url))
  if (isLocalhostName(host)) return true
  return ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback'
}

/**
 * The look-up that sockets are opened with: the addresses it hands on are the ones that are dialled, so that a name
 * which answers differently the second time gains nothing. One special address in the answer refuses the whole name.
 */
export function guardedLookup(resolve: Resolver, allowPrivateNetwork: boolean): LookupFunction {
  const addressesOf = async (hostname: string): Promise<LookupAddress[] | Failure> => {
    try {
      const addresses = await resolve(hostname)
      const special = allowPrivateNetwork ? undefined : addresses.find(isSpecialAddress)
      if (special !== undefined) return privateAnswer(hostname, special)
      return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    } catch (cause) {
      return new Failure('dns_error', `the name ${hostname} could not be looked up`, { cause })
    }
  }
  const look = async (...[hostname, options, callback]: Parameters<LookupFunction>): Promise<void> => {
    const found = await addressesOf(hostname)
    const first = found instanceof Failure ? undefined : found[0]
    if (found instanceof Failure) callback(found, '')
    else if (first === undefined) callback(new Failure('dns_error', `${hostname} has no address`), '')
    else if (options.all === true) callback(null, found)
    else callback(null, first.address, first.family)
  }
  return (...request) => void look(...request)
}

/** The failure of a name, or an open socket, that leads to an address off the public internet. */
export function privateAnswer(hostname: string, address: string): Failure {
  return new Failure(
    'private_address',
    `${hostname} leads to ${address}, which is not on the public internet`,
  )
}

function isLocalhostName(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === 'localhost.localdomain'
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

function shown(raw: string): string {
  return raw.replace(/\/\/[^/@\s]*@/, '//').slice(0, 200)
}
