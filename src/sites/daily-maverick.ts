import { defineSite } from './site.ts'

/** On WordPress until 2025, then rebuilt; addresses of articles stayed as they were. */
export const dailyMaverick = defineSite({
  id: 'daily-maverick',
  name: 'Daily Maverick',
  url: 'https://www.dailymaverick.co.za/',
  language: 'en',
  timezone: 'Africa/Johannesburg',
  articlePath: '^/article/\\d{4}-\\d{2}-\\d{2}-[^/]+/$',
})
