/**
 * The hosts that DATABASE_URL names, each with its port where one is given. PostgreSQL takes several, divided by commas,
 * and tries one after another (libpq, §34.1.1.2); to a URL they are one host, or none.
 */
export function databaseHosts(databaseUrl: string): string[] {
  return hostPart(databaseUrl).split(',')
}

/** DATABASE_URL with only the first of its hosts. */
export function withFirstHost(databaseUrl: string): string {
  const hosts = hostPart(databaseUrl)
  return hosts === '' ? databaseUrl : databaseUrl.replace(hosts, hosts.split(',')[0] ?? '')
}

function hostPart(databaseUrl: string): string {
  const authority = databaseUrl.split('://')[1]?.split(/[/?]/, 1)[0] ?? ''
  return authority.slice(authority.lastIndexOf('@') + 1)
}
