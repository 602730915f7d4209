import { indexedPage } from '../element-index.ts'
import type { Page } from '../page.ts'
import { artalk } from './platforms/artalk.ts'
import { comentario } from './platforms/comentario.ts'
import { commento } from './platforms/commento.ts'
import { cusdis } from './platforms/cusdis.ts'
import { discourse } from './platforms/discourse.ts'
import { ghost } from './platforms/ghost.ts'
import { giscus } from './platforms/giscus.ts'
import { isso } from './platforms/isso.ts'
import { remark42 } from './platforms/remark42.ts'
import { substack } from './platforms/substack.ts'
import { twikoo } from './platforms/twikoo.ts'
import { utterances } from './platforms/utterances.ts'
import { waline } from './platforms/waline.ts'
import { datalifeEngine } from './platforms/datalife-engine/datalife-engine.ts'
import type { CommentPlatform, Thread, ThreadContext } from './platform.ts'
import { wordpress } from './platforms/wordpress/wordpress.ts'

/** Every platform that can be read. One that names its own server comes before the content systems. */
export const platforms: readonly CommentPlatform[] = [
  // Servers of their own that the page names.
  artalk,
  comentario,
  commento,
  cusdis,
  discourse,
  ghost,
  giscus,
  isso,
  remark42,
  substack,
  twikoo,
  utterances,
  waline,

  // Content systems that print or serve their own comments.
  datalifeEngine,
  wordpress,
]

/**
 * The comment thread of an article page, by the first platform that knows its own marks on it; null
 * when there is none. `allowedNames` are the platforms to try, in order; none means all of them.
 * @throws RangeError when a name is not a platform's.
 */
export function locateThread(
  page: Page,
  context: ThreadContext,
  allowedNames: readonly string[] = [],
): { platform: CommentPlatform; thread: Thread } | null {
  const allowed = allowedNames.length === 0 ? platforms : allowedNames.map(platformNamed)
  const indexed = indexedPage(page)
  for (const platform of allowed) {
    const thread = platform.locate(indexed, context)
    if (thread !== null) return { platform, thread }
  }
  return null
}

/** @throws RangeError when no platform has that name. */
export function platformNamed(name: string): CommentPlatform {
  const platform = platforms.find((candidate) => candidate.name === name)
  if (platform === undefined) {
    const known = platforms.map((candidate) => candidate.name).join(', ')
    throw new RangeError(`there is no comment platform "${name}"; known are ${known}`)
  }
  return platform
}
