/**
 * Runs Waline for real: some 250 comments are written by its own interface and read back by the crawl loop, then
 * changed, and read back again. Prints what differs, and fails if anything does. `npm run real-platforms`.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { Door } from '../../src/crawlers/fetch/door.ts'
import type { Comment } from '../../src/extractors/comments/platform.ts'
import { readThread, type ReadThread } from '../unit/platforms/read-thread.ts'
import { isWalineInstalled, startWaline, type WalineService, type Written } from './waline-service.ts'

const path = '/2026/03/harbour'
const roots = 230

type Held = Written & { readonly marks: readonly string[]; readonly likes: number }

async function run(): Promise<void> {
  const service = await startWaline()
  const page = await servePage(service.address)
  const door = new Door({ userAgent: 'CommentariatTest/1.0', contact: null, allowPrivateNetwork: true })
  try {
    const held = new Map<string, Held>()
    await writeAll(service, held)
    await compare('written', door, page.url, held)
    await changeSome(service, held)
    await compare('changed', door, page.url, held)
  } finally {
    await door.close()
    await page.stop()
    await service.stop()
  }
}

/** Every tenth comment is answered, and its answer answered again and again, four levels in all. */
async function writeAll(service: WalineService, held: Map<string, Held>): Promise<void> {
  for (let number = 1; number <= roots; number++) {
    const text = `Comment ${number}: it's "late" & 1 < 2, ö 日本 😀`
    const root = await service.write({ path, author: `Reader${number}`, text })
    keep(held, { ...root, text: asShown(text) })
    if (number % 10 !== 0) continue
    let parent = root.id
    for (const word of ['one', 'two', 'three']) {
      const answers = { parent, root: root.id }
      const reply = await service.write({
        path,
        author: `Answerer${number}`,
        text: `${word} of ${number}`,
        answers,
      })
      keep(held, reply)
      parent = reply.id
    }
  }
  const desk = await service.write({
    path,
    author: 'Desk',
    text: 'The rules of the house',
    asAdministrator: true,
  })
  await service.change(desk.id, { sticky: 1 })
  keep(held, desk, ['pinned', 'administrator'])
  await service.write({ path: '/another', author: 'Elsewhere', text: 'Below another article' })
}

/** One is edited, one liked, one held back, and one exchange taken away. */
async function changeSome(service: WalineService, held: Map<string, Held>): Promise<void> {
  const [edited, liked, waiting] = [...held.values()].filter(({ parent }) => parent === null)
  const answered = [...held.values()].find(({ parent }) => parent !== null)?.parent
  if (edited === undefined || liked === undefined || waiting === undefined)
    throw new Error('nothing was written')
  if (answered === undefined || answered === null) throw new Error('nothing was answered')
  await service.change(edited.id, { comment: 'Better words' })
  held.set(edited.id, { ...edited, text: 'Better words' })
  await service.change(liked.id, { like: true })
  held.set(liked.id, { ...liked, likes: 1 })
  await service.change(waiting.id, { status: 'waiting' })
  held.delete(waiting.id)
  await service.remove(answered)
  for (const id of branchOf(answered, held)) held.delete(id)
}

/** The server sets straight quotation marks in type. */
const asShown = (text: string): string => text.replace("it's", 'it’s').replace('"late"', '“late”')

function branchOf(id: string, held: ReadonlyMap<string, Held>): string[] {
  const below = [...held.values()].filter(({ parent }) => parent === id)
  return [id, ...below.flatMap((child) => branchOf(child.id, held))]
}

function keep(held: Map<string, Held>, written: Written, marks: readonly string[] = []): void {
  held.set(written.id, { ...written, marks, likes: 0 })
}

async function compare(
  what: string,
  door: Door,
  url: string,
  held: ReadonlyMap<string, Held>,
): Promise<void> {
  const read = await readThread(door, url)
  const lines = [...troublesOf(read, held.size), ...differences(read.comments, held)]
  say(`${what}: ${read.comments.length} read, ${held.size} expected, ${lines.length} differences`)
  for (const line of lines.slice(0, 20)) say(`  ${line}`)
  if (lines.length > 0) process.exitCode = 1
}

function troublesOf({ thread, reading, failures }: ReadThread, expected: number): string[] {
  if (thread?.platform !== 'waline' || reading === null)
    return [`the page has ${thread?.platform ?? 'no platform'}`]
  const { reportedCount, incomplete } = reading
  return [
    ...(reportedCount === expected ? [] : [`${reportedCount ?? 'no number'} reported, ${expected} expected`]),
    ...(incomplete === null ? [] : [`incomplete: ${incomplete}`]),
    ...failures.map((failure) => `failure: ${failure}`),
  ]
}

function differences(comments: readonly Comment[], held: ReadonlyMap<string, Held>): string[] {
  const read = new Set(comments.map(({ nativeId }) => nativeId))
  const missing = [...held.keys()].filter((id) => !read.has(id)).map((id) => `${id} is missing`)
  return [...missing, ...comments.flatMap((comment) => differencesOf(comment, held.get(comment.nativeId)))]
}

/** The server keeps whole seconds, and this run is no longer than some minutes. */
const longest = 10 * 60_000

function differencesOf(comment: Comment, expected: Held | undefined): string[] {
  const { nativeId: id, publishedAt } = comment
  if (expected === undefined) return [`${id} is not expected`]
  const age = publishedAt === null ? Infinity : Date.now() - publishedAt.getTime()
  const marks = [...(comment.isPinned ? ['pinned'] : []), ...comment.authorBadges].join(' ')
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['text', comment.bodyText, expected.text],
    ['author', comment.authorName, expected.author],
    ['parent', comment.parentNativeId, expected.parent],
    ['likes', comment.likes, expected.likes],
    ['marks', marks, expected.marks.join(' ')],
    ['time', age > -1000 && age < longest, true],
    ['address or mark of a person', /readers\.example|avatar|Firefox/.test(JSON.stringify(comment)), false],
  ]
  return pairs
    .filter(([, is, must]) => is !== must)
    .map(([field, is, must]) => `${id} ${field}: ${JSON.stringify(is)}, expected ${JSON.stringify(must)}`)
}

async function servePage(server: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const paragraph =
    '<p>The council said on Monday that the harbour will be dredged before the storms set in.</p>'
  const html = `<!DOCTYPE html><html lang="en"><head><title>The harbour is dredged</title></head><body><article>
    <h1>The harbour is dredged</h1>${paragraph.repeat(8)}</article><div id="waline"></div><script type="module">
    import { init } from './waline.js'; init({ el: '#waline', serverURL: '${server}', lang: 'en' })</script></body></html>`
  const paper = createServer((request, response) => {
    const isPage = request.url === path
    response
      .writeHead(isPage ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' })
      .end(isPage ? html : '')
  })
  paper.listen(0, '127.0.0.1')
  await once(paper, 'listening')
  const address = paper.address()
  if (address === null || typeof address === 'string') throw new Error('the paper has no port')
  const stop = async () => {
    paper.closeAllConnections()
    paper.close()
    await once(paper, 'close')
  }
  return { url: `http://127.0.0.1:${address.port}${path}`, stop }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

if (isWalineInstalled()) await run()
else say('Waline is not installed: npm ci --prefix test/real-platforms')
