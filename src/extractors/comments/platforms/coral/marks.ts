import type { Element } from 'domhandler'
import { z } from 'zod'
import type { IndexedPage } from '../../../element-index.ts'
import { selector } from '../../../selector.ts'
import { serverAddress } from '../../marks/embedded-thread.ts'
import { firstOf, numberIn, scriptAddress, scriptsWith, settingIn } from '../../marks/scripts.ts'

/** What a page tells of its Coral stream. */
export interface CoralMarks {
  readonly server: string
  readonly storyId: string | null
  readonly storyUrl: string | null
}

/** The boxes that the project's documentation names, and those of its larger users. */
const boxes = selector(
  '#coral_thread, #coral_talk_stream, #coral_talk, #coral_community, #coral-comment-drawer, ps-comments[data-embed-url], .Talk[data-settings], #comments-stream',
)
/** Boxes with a number: asked for only where the client is, for it takes a walk. */
const numbered = selector('[id^="coral-embed-stream"], [id^="coral_thread"]')
const frames = selector('iframe[src*="/embed/stream"], amp-iframe[src*="/embed/stream"]')

/** The client of version 5 and of version 4: its path is one that others use too. */
const client = /((?:https?:)?\/\/[^/\s'"]{1,80}\/(?:[^\s'"]{0,100}\/)?)(?:assets\/js|static)\/embed\.js/i
const telling =
  /((?:https?:)?\/\/[^/\s'"]{0,60}(?:coral|talk|comment|kommentar)[^/\s'"]{0,60}\/(?:[^\s'"]{0,100}\/)?)(?:assets\/js|static)\/embed\.js/i

/** The calls of both versions. */
const starts = /Coral\.Talk\.render\(|createStreamEmbed\(/

const serverSettings = [
  'rootURL',
  'root_URL',
  'rootUrl',
  'talk',
  'coral_root_url',
  'coralRootUrl',
  'coralRootURL',
  'coralHost',
  'coralUrl',
  'coralURL',
  'coralOrigin',
  'communityHostname',
]

/** A box with the server that fills it, or the server's client with the call that starts it. */
export function coralMarks(page: IndexedPage): CoralMarks | null {
  const box = boxes.first(page.elements)
  const own = box === null ? null : ownMarks(box, page.url)
  return own ?? framedMarks(page) ?? scriptedMarks(page, box)
}

function scriptedMarks(page: IndexedPage, box: Element | null): CoralMarks | null {
  if (box === null && scriptAddress(page, client) === null) return null
  const hasBox = box !== null || numbered.first(page.elements) !== null
  const settings = scriptsWith(page, 'oral', 'talk', 'root')
  const server = hasBox || starts.test(settings) ? serverOf(page, settings) : null
  if (server === null) return null
  const storyUrl = firstOf(settingIn(settings, 'storyURL'), settingIn(settings, 'asset_url'))
  return { server, storyId: storyIdIn(settings), storyUrl }
}

/** The client of a host that is named for comments is the surest mark; then settings, then any client. */
function serverOf(page: IndexedPage, settings: string): string | null {
  return (
    serverAddress(scriptAddress(page, telling)?.[1], page.url) ??
    serversIn(settings, page.url) ??
    serverAddress(scriptAddress(page, client)?.[1], page.url) ??
    serverAddress(telling.exec(settings)?.[1], page.url)
  )
}

/** A setting without a scheme is a host's name; words that are no host are none. */
function serversIn(settings: string, pageUrl: string): string | null {
  for (const name of serverSettings) {
    const value = settingIn(settings, name)?.replaceAll('\\u002F', '/')
    if (value === undefined) continue
    if (/^(?:https?:)?\/\/[^/]+/.test(value)) return serverAddress(value, pageUrl)
    if (/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(value)) return serverAddress(`https://${value}`, pageUrl)
  }
  return null
}

function storyIdIn(settings: string): string | null {
  return firstOf(
    settingIn(settings, 'storyID'),
    numberIn(settings, 'storyID'),
    settingIn(settings, 'asset_id'),
    numberIn(settings, 'asset_id'),
  )
}

const boxSettings = z.object({ articleId: z.string(), baseURL: z.string() })

/** A box that says itself which stream it is for. */
function ownMarks({ attribs }: Element, pageUrl: string): CoralMarks | null {
  const settings = boxSettings.safeParse(parsed(attribs['data-settings'] ?? '')).data
  if (settings !== undefined) {
    const server = serverAddress(settings.baseURL, pageUrl)
    return server === null ? null : { server, storyId: settings.articleId, storyUrl: null }
  }
  const embed = attribs['data-env-url'] ?? attribs['data-embed-url'] ?? attribs['data-root-url']
  const root = embed?.replace(/(?:assets\/js|static)\/embed\.js.*$/, '')
  const server = serverAddress(root, pageUrl)
  if (server === null) return null
  return { server, storyId: firstOf(attribs['data-story-id']), storyUrl: firstOf(attribs['data-story-url']) }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** The stream in a frame of its own, as on pages for phones. */
function framedMarks({ elements, url: pageUrl }: IndexedPage): CoralMarks | null {
  const source = frames.first(elements)?.attribs['src']
  if (source === undefined || !URL.canParse(source, pageUrl)) return null
  const url = new URL(source, pageUrl)
  const storyId = url.searchParams.get('storyID') ?? url.searchParams.get('asset_id')
  const storyUrl = url.searchParams.get('storyURL') ?? url.searchParams.get('asset_url')
  if (storyId === null && storyUrl === null) return null
  const server = serverAddress(`${url.origin}${url.pathname.replace(/embed\/stream.*$/, '')}`, pageUrl)
  return server === null ? null : { server, storyId, storyUrl }
}
