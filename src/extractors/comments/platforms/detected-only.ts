import { canonicalUrl } from '../../../normalise/url.ts'
import type { IndexedPage } from '../../element-index.ts'
import { type Selector, selector } from '../../selector.ts'
import { unread } from '../answers.ts'
import { embeddedThread } from '../marks/embedded-thread.ts'
import { firstOf, scriptAddress, scriptsWith } from '../marks/scripts.ts'
import type { CommentPlatform, Thread, ThreadContext } from '../platform.ts'

/** A vendor whose threads can't be read in public: how its pages are known, and no more. */
interface Vendor {
  readonly name: string
  readonly restriction: 'needs_token' | 'unsupported'
  /** The box that the vendor's script fills. A count beside a headline or a button to share is not one. */
  readonly box: Selector
  /** The box under an id with a number: asked for only where the vendor's script is, for it takes a walk. */
  readonly numbered?: Selector
  /** Attributes of the box that name the thread, the best first. */
  readonly keys: readonly string[]
  /** The vendor's script by its address; the second mark where the box alone is not enough. */
  readonly script?: RegExp
  /** Words of the script inside the page that makes the widget; stands in for the script's address. */
  readonly setting?: string
}

/** A box whose attributes carry the vendor's key is mark enough; others need the vendor's script as well. */
const vendors: readonly Vendor[] = [
  {
    name: 'facebook-comments',
    restriction: 'unsupported',
    box: selector('.fb-comments, fb\\:comments, amp-facebook-comments'),
    keys: ['data-href', 'href'],
    script: /connect\.facebook\.net\/|\/amp-facebook-comments-/,
    setting: 'connect.facebook.net',
  },
  {
    name: 'vk-comments',
    restriction: 'needs_token',
    box: selector('#vk_comments'),
    numbered: selector('[id^="vk_comments"]'),
    keys: [],
    script: /(?:vk\.com|vk\.ru|vkontakte\.ru)\/js\/api\/|\/openapi\.js/,
    setting: 'VK.Widgets.Comments',
  },
  {
    name: 'cackle',
    restriction: 'needs_token',
    box: selector('#mc-container'),
    keys: ['data-channel'],
    script: /cackle\.(?:me|ru)\/widget/,
    setting: 'cackle_widget',
  },
  {
    name: 'hypercomments',
    restriction: 'unsupported',
    box: selector('#hypercomments_widget'),
    numbered: selector('[id^="hypercomments_widget"]'),
    keys: ['data-xid'],
    script: /hypercomments\.com\/widget/,
    setting: '_hcwp',
  },
  {
    name: 'tolstoy-comments',
    restriction: 'unsupported',
    box: selector('.tolstoycomments-feed, #tolstoycomments, .tolstoycomments'),
    keys: ['data-identity'],
    script: /tolstoycomments\.com\/sitejs/,
    setting: 'tolstoycomments',
  },
  {
    name: 'vuukle',
    restriction: 'unsupported',
    box: selector('#vuukle-comments, .vuukle-comments'),
    numbered: selector('[id^="vuukle-comments"]'),
    keys: ['data-article-id'],
    script: /cdn\.vuukle\.com\//,
    setting: 'VUUKLE_CONFIG',
  },
  {
    name: 'graphcomment',
    restriction: 'unsupported',
    box: selector('#graphcomment'),
    keys: [],
    script: /graphcomment\.com\//,
    setting: 'gc_params',
  },
  {
    name: 'insticator',
    restriction: 'unsupported',
    box: selector('.so-comments[data-integration-id], .instiengage-comments[data-cu-uuid]'),
    keys: ['data-ext-page-id', 'data-integration-id', 'data-cu-uuid'],
  },
]

/**
 * Vendors that are recognised but offer nothing that may be read without their token or outside a browser: the thread
 * is kept with the reason. Livefyre is none of them: it closed in 2021, and what is left of it in pages is no thread.
 */
export const detectedOnly: readonly CommentPlatform[] = vendors.map((vendor) => ({
  name: vendor.name,
  restriction: vendor.restriction,
  locate: (page, context) => locate(vendor, page, context),
  open: ({ pageUrl }) => ({ url: pageUrl }),
  read: () => unread(vendor.restriction),
}))

function locate(vendor: Vendor, page: IndexedPage, context: ThreadContext): Thread | null {
  const hasScript = vendor.script !== undefined && scriptAddress(page, vendor.script) !== null
  const box =
    vendor.box.first(page.elements) ?? (hasScript ? (vendor.numbered?.first(page.elements) ?? null) : null)
  if (box === null || !(hasScript || isMade(vendor, page))) return null
  const key = firstOf(...vendor.keys.map((attribute) => box.attribs[attribute]))
  return embeddedThread(vendor.name, key ?? canonicalUrl(page.url) ?? page.url, page, context, {})
}

/** A box may be a leftover, unless it carries the vendor's key; what a script makes of it may not. */
function isMade({ script, setting }: Vendor, page: IndexedPage): boolean {
  if (script === undefined) return true
  return setting !== undefined && scriptsWith(page, setting) !== ''
}
