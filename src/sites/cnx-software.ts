import { defineSite, feed } from './site.ts'

/** WordPress, with wpDiscuz for the comments. */
export const cnxSoftware = defineSite({
  id: 'cnx-software',
  name: 'CNX Software',
  url: 'https://www.cnx-software.com/',
  language: 'en',
  sources: [feed('/feed/')],
  articlePath: '^/\\d{4}/\\d{2}/\\d{2}/[^/]+/$',
})
