import type { Element } from 'domhandler'
import type { IndexedPage } from '../../../element-index.ts'
import { selector } from '../../../selector.ts'
import { firstOf, numberIn, scriptAddress, scriptsWith, settingIn } from '../../marks/scripts.ts'

/** What a page tells of its OpenWeb conversation. */
export interface OpenwebMarks {
  /** The site's key, or null where the page leaves it to a script. */
  readonly spot: string | null
  readonly post: string | null
  readonly count: number | null
}

const conversations = selector(
  '.comments-openweb, .openweb-comments, .conversation-container, .spot-im-comments, #spotim-comments, #spot-im-conversation',
)
/** As the vendor's documentation has them, beside its launcher. */
const launchedBoxes = selector('[data-spotim-module="conversation"], [data-spot-im-class="conversation"]')
const launchers = selector('script[data-spotim-module="spotim-launcher"]')
const launcher = /\/\/(?:launcher|www|embed)\.spot\.im\/\S*/
const spotKey = /^sp_\w{4,40}$/
const spotInAddress = /\/spot\/(sp_\w{4,40})/

/** Boxes of a publisher's own name, which a setting says to be filled by OpenWeb. */
const ownBoxes = selector('#reader-comments, #reader-comments-openweb')

const spotSettings = ['spotId', 'spotID', 'spot_id', 'openWebEnvId', 'data-spot-id']
const postSettings = ['postId', 'postID', 'post_id']

/**
 * The launcher with an article's id, or a box for the conversation with the site's key. The same launcher also brings
 * recommendations and counts of comments, and advertisers bear the name too: neither is a thread.
 */
export function openwebMarks(page: IndexedPage): OpenwebMarks | null {
  return launchedMarks(page) ?? flaggedMarks(page)
}

function launchedMarks(page: IndexedPage): OpenwebMarks | null {
  const script = launchers.first(page.elements)
  const isLaunched = script !== null || scriptAddress(page, launcher) !== null
  const box = conversations.first(page.elements) ?? (isLaunched ? launchedBoxes.first(page.elements) : null)
  if (box === null && !isLaunched) return null
  const settings = scriptsWith(page, 'spot', 'Spot', 'openWeb')
  const spot = spotsIn(page, settings, box, script).find(isSpot)
  const post = firstOf(
    script?.attribs['data-post-id'],
    box?.attribs['data-post-id'],
    ...postsIn(settings, box !== null),
  )
  const isThread = box !== null || (script !== null && post !== null)
  return isThread && spot !== undefined ? { spot, post, count: null } : null
}

function spotsIn(
  page: IndexedPage,
  settings: string,
  box: Element | null,
  script: Element | null,
): (string | null | undefined)[] {
  return [
    box?.attribs['data-spot-id'],
    spotInAddress.exec(script?.attribs['src'] ?? '')?.[1],
    scriptAddress(page, spotInAddress)?.[1],
    ...spotSettings.map((name) => settingIn(settings, name)),
  ]
}

const isSpot = (value: string | null | undefined): value is string =>
  value !== null && value !== undefined && spotKey.test(value)

/** Scripts speak of many posts; one that starts a conversation speaks of its own. */
function postsIn(settings: string, hasBox: boolean): (string | null)[] {
  if (!hasBox) return []
  return postSettings.flatMap((name) => [settingIn(settings, name), numberIn(settings, name)])
}

/** Pages that leave the site's key to a script, and say that its comments are OpenWeb's. */
function flaggedMarks(page: IndexedPage): OpenwebMarks | null {
  if (ownBoxes.first(page.elements) === null) return null
  const settings = scriptsWith(page, 'openwebEnabled')
  if (!/openwebEnabled["']?\s{0,9}[:=]\s{0,9}true/.test(settings)) return null
  const count = numberIn(settings, '(?:PageCriteria\\.)?openwebMessagesCount')
  const post = firstOf(
    settingIn(settings, '(?:PageCriteria\\.)?articleId'),
    numberIn(settings, '(?:PageCriteria\\.)?articleId'),
  )
  return { spot: null, post, count: count === null ? null : Number(count) }
}
