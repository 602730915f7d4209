import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { compile, selectAll, selectOne } from 'css-select'
import { type AnyNode, type Element } from 'domhandler'
import { textContent } from 'domutils'
import { parseDocument } from 'htmlparser2'
import pLimit from 'p-limit'
import { Pool } from 'undici'

/*
 * The least that a crawl can cost: undici and one htmlparser2 parse of each page, the title, paragraphs and comments
 * selected from it, nothing cleaned and nothing stored. Started with the site's origin and the number of connections.
 */
const [origin = '', connections = '16'] = process.argv.slice(2)
const pool = new Pool(origin, { connections: Number(connections) })
const inflate = promisify(gunzip)
const limit = pLimit(Number(connections))

const title = compile<AnyNode, Element>('h1.entry-title')
const paragraph = compile<AnyNode, Element>('.entry-content p')
const comment = compile<AnyNode, Element>('li.comment')
const box = compile<AnyNode, Element>('article.comment-body')
const author = compile<AnyNode, Element>('b.fn')
const time = compile<AnyNode, Element>('time')
const words = compile<AnyNode, Element>('.comment-content')

const map = parseDocument(await load('/sitemap.xml'), { xmlMode: true })
const paths = selectAll<AnyNode, Element>('loc', map, { xmlMode: true }).map(
  (loc) => new URL(textContent(loc)).pathname,
)
const found = await Promise.all(paths.map((path) => limit(async () => readPage(await load(path)))))
await pool.close()
const comments = found.reduce((sum, page) => sum + page, 0)
process.stdout.write(`${JSON.stringify({ pages: found.length, comments })}\n`)

async function load(path: string): Promise<string> {
  const { statusCode, body } = await pool.request({
    path,
    method: 'GET',
    headers: { 'accept-encoding': 'gzip' },
  })
  const bytes = await body.bytes()
  if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`)
  return (await inflate(bytes)).toString('utf8')
}

/** @returns the number of comments. */
function readPage(html: string): number {
  const document = parseDocument(html)
  const page = {
    title: textOf(selectOne<AnyNode, Element>(title, document)),
    paragraphs: selectAll<AnyNode, Element>(paragraph, document).map((element) => textContent(element)),
    comments: selectAll<AnyNode, Element>(comment, document).map(readComment),
  }
  if (page.title === '' || page.paragraphs.length === 0) throw new Error('a page without an article')
  return page.comments.length
}

function readComment(element: Element) {
  const own = selectOne<AnyNode, Element>(box, element)
  if (own === null) throw new Error('a comment without a box')
  return {
    id: element.attribs['id'],
    author: textOf(selectOne<AnyNode, Element>(author, own)),
    time: selectOne<AnyNode, Element>(time, own)?.attribs['datetime'],
    text: textOf(selectOne<AnyNode, Element>(words, own)),
  }
}

function textOf(element: Element | null): string {
  return element === null ? '' : textContent(element)
}
