import type { Identity } from '../../src/crawlers/fetch/request.ts'
import type { Settings } from '../../src/settings.ts'

/** How every job names itself to the hosts that it asks. */
export const identityOf = ({ contact }: Pick<Settings, 'contact'>): Identity => ({
  userAgent: 'Commentariat/0.1',
  contact,
})
