import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { localTime } from '../../../src/normalise/local-time.ts'
import type { CommentPage, TruthComment } from './page.ts'

const folder = new URL('../../fixtures/comments/', import.meta.url)

/** The zone that the expected results beside the pages were written for. */
const timezone = 'Europe/Moscow'

const firstLine = /^<!-- url: (\S+) fetched: (\S+) -->/

const commentShape = z.object({
  nativeId: z.string(),
  parentNativeId: z.string().nullable(),
  authorName: z.string().nullable(),
  publishedAt: z.coerce.date().nullable(),
  publishedPrecision: z.enum(['second', 'minute', 'day', 'relative']).nullable(),
  publishedRaw: z.string().nullable(),
  bodyText: z.string(),
  isPing: z.boolean(),
})
const goldenShape = z.object({
  thread: z.object({ platform: z.string() }).nullable(),
  comments: z.array(commentShape).nullable(),
})

/** The pages that we wrote ourselves and that show their comments, each with its expected result beside it. */
export async function readOwnPages(): Promise<CommentPage[]> {
  const names = (await readdir(folder)).filter((file) => file.endsWith('.html'))
  const pages = await Promise.all(names.toSorted().map(readOwnPage))
  return pages.filter((page) => page !== null)
}

async function readOwnPage(name: string): Promise<CommentPage | null> {
  const file = new URL(name, folder)
  const html = await readFile(file, 'utf8')
  const expected = await readFile(new URL(name.replace(/html$/, 'json'), folder), 'utf8')
  const { thread, comments } = goldenShape.parse(JSON.parse(expected))
  const [, url, fetched] = firstLine.exec(html) ?? []
  // A platform with a server of its own shows nothing on the page.
  if (url === undefined || fetched === undefined || (thread !== null && comments === null)) return null
  return {
    key: `own/${name}`,
    file: fileURLToPath(file),
    url,
    fetchedAt: new Date(fetched),
    timezone,
    kind: 'article',
    platform: thread?.platform ?? 'none',
    comments: (comments ?? []).map(truthOf),
  }
}

function truthOf(comment: z.infer<typeof commentShape>): TruthComment {
  return {
    id: comment.nativeId,
    parent: comment.parentNativeId,
    author: comment.authorName,
    published: publishedOf(comment),
    publishedRaw: comment.publishedRaw,
    text: comment.bodyText,
    title: null,
    isPing: comment.isPing,
    isOpening: false,
    isAnswer: false,
  }
}

/** Times reckoned from words such as "2 hours ago" are no truths. */
function publishedOf({ publishedAt, publishedPrecision, publishedRaw }: z.infer<typeof commentShape>) {
  if (publishedAt === null || publishedPrecision === 'relative') return null
  const local = localTime(publishedAt, publishedRaw ?? '', timezone)
  return publishedPrecision === 'day' ? local.slice(0, 10) : local
}
