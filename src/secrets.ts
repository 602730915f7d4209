/** User names and passwords before the host of an address. */
const credentials = /\b(https?|postgres(?:ql)?):\/\/[^\s/@"'<>]{1,500}@/gi

/** Parameters that hold a key or a password. What stands in their place shows that there was one. */
const parameters =
  /([?&](?:api_?key|access_token|auth_token|token|client_secret|secret|password)=)[^&#\s"'<>]{1,2000}/gi

/** Stands where a key or password stood. */
const mask = '***'

/**
 * A text that may be logged, shown and stored: addresses in it hold no passwords and no keys. For everything that is
 * told of a request; what is asked of a host is left as it is.
 */
export function withoutSecrets(text: string): string {
  return text.replace(credentials, '$1://').replace(parameters, `$1${mask}`)
}

/** An address of a site's declaration without a user name and password, which no request would send. */
export function withoutCredentials(address: string): string {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  if (url.username === '' && url.password === '') return address
  url.username = ''
  url.password = ''
  return url.href
}
