/** Parts of a path that mark lists, accounts, services and feeds. */
const otherSegments = new Set(
  `about about-us account ads advertise amp api author authors autor autoren cart cat
  categories category cdn-cgi checkout comment comments contact contacts cookie-policy cookies datenschutz
  disclaimer donate epaper faq favorites feed feeds help imprint impressum jobs kategorie kontakt
  label legal licence login logout mailto members my newposts newsletter newsletters page pages password
  pm policy print privacy privacy-policy profile profiles register registration rss schlagwort search
  section share shop signin signup sitemap staff statistics subscribe subscription subscriptions suche tag
  tags team terms terms-of-service thema themen topic topics user users widget widgets wp-admin wp-content
  wp-includes wp-json wp-login xmlrpc`.split(/\s+/),
)

const mediaFile =
  /\.(?:7z|aac|apk|avi|avif|css|csv|docx?|epub|exe|flac|gif|gz|ico|ics|jpe?g|js|json|m3u8?|m4a|mov|mp[34]|mpe?g|ogg|pdf|png|pptx?|rar|rdf|rss|svg|tar|tiff?|torrent|txt|wav|webm|webp|wmv|xlsx?|xml|zip)$/

/** Parameters by which engines name an article when addresses are not rewritten. */
const articleParameter = /^(?:p|newsid|id|aid|article|articleid|article_id|story|storyid|nid)=\d+$/i

/** `/2024/05/03/`, `/2024/05/`, `/2024/may/03/`, `/20240503/`, `2024-05-03-title`. */
const datedPath =
  /\/(?:19|20)\d\d[/-]?(?:0[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[/-]?(?:0[1-9]|[12]\d|3[01]))?(?:[/-]|$)/

/** An article's number: `1234-title`, `title-11223344`, `!5928990`, `title_a1234`. */
const numbered = /^\d+-\D|(?<!\d)\d{4,}$|[-_][a-z]?\d{3,}/

/** A word that newsrooms put before an article's name or number. */
const articleFolder = /\/(?:articles?|artikel|story|stories)\/[^/]/

/** Addresses of topics, as forums' engines make them, of the first page: the others hold answers only. */
const topicPath = /\/threads\/[^/]+\.\d+\/?$/
/** The same, of engines whose addresses newsrooms may have for other things, on hosts or in folders of forums. */
const forumTopic =
  /(?:^|[./])(?:forums?|boards?|community|discuss|talk|questions|[a-z]+overflow|[a-z]+exchange)(?=[./]).*\/(?:(?:t|questions)\/(?:[^/]+\/)?\d+(?:\/[^/]+)?|topic\/\d+[-/][^/]+|d\/\d+-[^/]+|discussion\/\d+\/[^/]+)\/?$/
const topicFiles: Readonly<Record<string, RegExp>> = {
  'viewtopic.php': /^\?(?:f=\d+&)?(?:t|id)=\d+(?:&sid=[\da-f]+)?$/,
  'showthread.php': /^\?(?:t|tid)=\d+$/,
  'index.php': /^\?topic=\d+(?:\.0)?$/,
}

/** Parameters that change what a page shows, or do something: answers to a comment, searches, pages, actions. */
const otherParameters = new Set(
  `action author cat category day do filter format lang login month order orderby page paged print q query
  redirect_to replytocom s search share sort start subaction tag view year`.split(/\s+/),
)

/**
 * How much the form of an address speaks for an article: 0 says nothing, 3 is enough on its own.
 * Null: this is something else for certain, such as a tag, a login form or a picture.
 */
export function scoreArticlePath(url: URL): number | null {
  const path = decodePath(url.pathname).toLowerCase()
  const segments = path.split('/').filter((segment) => segment !== '')
  if (isTrap(url, segments)) return null
  if (mediaFile.test(path)) return null
  if (isTopic(url, path, segments)) return 3
  if (segments.some(isOther)) return null
  const queryScore = scoreQuery(url.search)
  if (queryScore === null) return null
  const last = segments.at(-1)
  if (last === undefined) return queryScore === 0 ? null : queryScore
  return queryScore + scoreFolders(path, segments) + scoreName(last)
}

function isTopic({ hostname, search }: URL, path: string, segments: readonly string[]): boolean {
  if (segments.some((segment) => segment !== 'topic' && isOther(segment))) return false
  if (search !== '') return topicFiles[segments.at(-1) ?? '']?.test(search) === true
  return topicPath.test(path) || forumTopic.test(hostname + path)
}

const longestAddress = 2_000
const mostSegments = 20
const mostRepeats = 2

/** Relative links that lead ever deeper make addresses which no newsroom gives to an article. */
export function isTrap({ href, pathname }: URL, segments = pathname.split('/')): boolean {
  if (href.length > longestAddress || segments.length > mostSegments) return true
  const counts = new Map<string, number>()
  for (const segment of segments) counts.set(segment, (counts.get(segment) ?? 0) + 1)
  return [...counts].some(([segment, count]) => segment.length > 2 && count > mostRepeats)
}

function scoreFolders(path: string, segments: readonly string[]): number {
  const isNumbered = segments.slice(0, -1).some((segment) => /^\d{5,}$/.test(segment))
  const dateScore = datedPath.test(path) && (segments.length > 1 || path.length > 30) ? 3 : 0
  return dateScore + (articleFolder.test(path) ? 2 : 0) + (isNumbered ? 2 : 0)
}

function scoreName(name: string): number {
  const stem = name.replace(/\.[a-z]{3,5}$/, '')
  const words = stem.split(/[-_]/).filter((word) => word !== '').length
  const lengthScore = words >= 6 ? 3 : words >= 4 ? 2 : 0
  const isFile = /\.s?html?$/.test(name) && words > 1
  return lengthScore + (numbered.test(stem) ? 2 : 0) + (isFile ? 1 : 0)
}

function scoreQuery(search: string): number | null {
  const parameters = search.slice(1).toLowerCase().split('&')
  if (parameters.some((parameter) => otherParameters.has(parameter.split('=', 1)[0] ?? ''))) return null
  return parameters.some((parameter) => articleParameter.test(parameter)) ? 2 : 0
}

function isOther(segment: string): boolean {
  if (otherSegments.has(segment.replace(/\.[a-z]{3,5}$/, ''))) return true
  return /^(?:comment-page-\d+|page[,-]?\d+.*|page,.*|print:.*|@.*)$/.test(segment)
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch (cause) {
    if (cause instanceof URIError) return path
    throw cause
  }
}
