import type { SiteOverview } from '../db/reading/site-overview.ts'
import { type SiteState, siteState, siteStates } from '../report/site-state.ts'

/** A site with what is said of it. */
export interface JudgedSite extends SiteOverview {
  readonly state: SiteState
}

export const judgeSite = (site: SiteOverview, now: Date): JudgedSite => ({
  ...site,
  state: siteState(site, now),
})

/** What needs a person first. */
export const byUrgency = (a: JudgedSite, b: JudgedSite): number =>
  siteStates.indexOf(a.state.name) - siteStates.indexOf(b.state.name) || (a.id < b.id ? -1 : 1)
