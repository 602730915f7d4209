import type { NewsroomSite } from '../../src/demo/newsroom.ts'
import { defineSite, type Site } from '../../src/sites/site.ts'

/** The declaration of a site of the demo newsroom: what its address alone can't tell. */
export function demoSite({ id, name, url, language, timezone }: NewsroomSite): Site {
  return defineSite({
    id: demoSite.idOf(id),
    name,
    url,
    language,
    timezone,
    delaySeconds: 0,
    needsBrowser: id === 'browser',
  })
}

demoSite.idOf = (id: string): string => `demo-${id}`
