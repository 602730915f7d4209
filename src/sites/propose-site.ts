import type { Site, SiteDeclaration } from './site.ts'

/** What a first look at a site learnt. */
export interface FirstImpression {
  /** Languages of the articles that were read. */
  readonly languages: readonly (string | null)[]
  /** What the articles call their site. */
  readonly names: readonly (string | null)[]
  /** The pages are frames that scripts fill. */
  readonly needsBrowser: boolean
}

/**
 * The smallest declaration that does: the address, and of the rest only what all articles agree on and what the
 * generic way can't know by itself. The zone is no part of it: pages and feeds tell an offset, which holds for half a
 * year, and every pass reads it from them anew.
 * @param site the site as its address alone makes it.
 */
export function proposeSite(site: Site, id: string, seen: FirstImpression): SiteDeclaration {
  const language = agreed(seen.languages.map((language) => language?.split('-')[0] ?? null))
  return {
    id,
    name: agreed(seen.names) ?? site.name,
    url: site.url,
    ...(language === null ? {} : { language }),
    ...(site.sources.length === 0 ? {} : { sources: site.sources }),
    ...(seen.needsBrowser ? { needsBrowser: true } : {}),
  }
}

/** What all say that say anything; null where they differ, or nobody says it. */
function agreed(values: readonly (string | null)[]): string | null {
  const told = new Set(values.filter((value) => value !== null && value.trim() !== ''))
  const [only] = told
  return told.size === 1 && only !== undefined ? only : null
}
