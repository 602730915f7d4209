import { defineSite } from './site.ts'

export const netzpolitik = defineSite({
  id: 'netzpolitik',
  name: 'netzpolitik.org',
  url: 'https://netzpolitik.org/',
  language: 'de',
  timezone: 'Europe/Berlin',
  articlePath: '^/\\d{4}/[^/]+/$',
  comments: ['wordpress'],
})
