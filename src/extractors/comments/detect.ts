import { type ElementIndex, indexedPage } from '../element-index.ts'
import type { Page } from '../page.ts'
import type { CommentPlatform, Thread, ThreadContext } from './platform.ts'
import { artalk } from './platforms/artalk.ts'
import { blogger } from './platforms/blogger.ts'
import { comentario } from './platforms/comentario.ts'
import { commento } from './platforms/commento.ts'
import { coral } from './platforms/coral/coral.ts'
import { cusdis } from './platforms/cusdis.ts'
import { dailyMail } from './platforms/daily-mail.ts'
import { datalifeEngine } from './platforms/datalife-engine/datalife-engine.ts'
import { derStandard } from './platforms/der-standard.ts'
import { detectedOnly } from './platforms/detected-only.ts'
import { discoursePage } from './platforms/discourse-page.ts'
import { discourse } from './platforms/discourse.ts'
import { disqus } from './platforms/disqus/disqus.ts'
import { drupal } from './platforms/drupal/drupal.ts'
import { bbpress } from './platforms/bbpress.ts'
import { flarum } from './platforms/flarum.ts'
import { fluxbb } from './platforms/fluxbb.ts'
import { generic } from './platforms/generic.ts'
import { ghost } from './platforms/ghost.ts'
import { giscus } from './platforms/giscus.ts'
import { guardian } from './platforms/guardian.ts'
import { hackerNews } from './platforms/hacker-news.ts'
import { hyvorTalk } from './platforms/hyvor-talk.ts'
import { invision } from './platforms/invision.ts'
import { isso } from './platforms/isso.ts'
import { jcomments } from './platforms/jcomments/jcomments.ts'
import { lemmy } from './platforms/lemmy.ts'
import { mybb } from './platforms/mybb.ts'
import { newYorkTimes } from './platforms/new-york-times.ts'
import { nodebb } from './platforms/nodebb.ts'
import { oldReddit } from './platforms/old-reddit.ts'
import { openweb } from './platforms/openweb/openweb.ts'
import { phpbb } from './platforms/phpbb.ts'
import { remark42 } from './platforms/remark42.ts'
import { smf } from './platforms/smf.ts'
import { stackexchange } from './platforms/stackexchange.ts'
import { structuredData } from './platforms/structured-data/structured-data.ts'
import { substack } from './platforms/substack.ts'
import { twikoo } from './platforms/twikoo.ts'
import { utterances } from './platforms/utterances.ts'
import { vanilla } from './platforms/vanilla.ts'
import { vbulletin } from './platforms/vbulletin.ts'
import { viafoura } from './platforms/viafoura.ts'
import { waline } from './platforms/waline.ts'
import { wordpress } from './platforms/wordpress/wordpress.ts'
import { xenforo } from './platforms/xenforo.ts'
import { zeit } from './platforms/zeit.ts'

/**
 * Every platform that is known. One that names its own server comes before the content systems; what the page marks for
 * machines comes after them, then what only looks like comments.
 */
export const platforms: readonly CommentPlatform[] = [
  // Servers of their own that the page names.
  artalk,
  comentario,
  commento,
  cusdis,
  discoursePage,
  discourse,
  ghost,
  giscus,
  isso,
  remark42,
  substack,
  twikoo,
  utterances,
  waline,

  // Vendors and publishers whose servers are known by name.
  coral,
  dailyMail,
  derStandard,
  disqus,
  guardian,
  hyvorTalk,
  newYorkTimes,
  openweb,
  viafoura,

  // Pages of discussions.
  xenforo,
  phpbb,
  vbulletin,
  invision,
  fluxbb,
  bbpress,
  smf,
  mybb,
  vanilla,
  nodebb,
  flarum,
  lemmy,
  oldReddit,
  stackexchange,
  hackerNews,

  // Content systems that print or serve their own comments.
  datalifeEngine,
  zeit,
  blogger,
  jcomments,
  wordpress,
  drupal,

  // What a page marks for machines, and what only looks like comments.
  structuredData,
  generic,

  // Vendors that can't be read, often beside a section that can.
  ...detectedOnly,
]

interface Located {
  readonly platform: CommentPlatform
  readonly thread: Thread
  /** The page as it was indexed for all platforms. */
  readonly elements: ElementIndex
}

/**
 * The comment thread of an article page, by the first platform that knows its own marks on it; null
 * when there is none. `allowedNames` are the platforms to try, in order; none means all of them.
 * @throws RangeError when a name is not a platform's.
 */
export function locateThread(
  page: Page,
  context: ThreadContext,
  allowedNames: readonly string[] = [],
): Located | null {
  const allowed = allowedNames.length === 0 ? platforms : allowedNames.map(platformNamed)
  const indexed = indexedPage(page)
  for (const platform of allowed) {
    const thread = platform.locate(indexed, context)
    if (thread !== null) return { platform, thread, elements: indexed.elements }
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
