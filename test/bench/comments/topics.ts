import { extract } from '../../../src/crawlers/extract/extraction.ts'
import { batchRecord } from '../../../src/report/inspection.ts'
import { resolveSite } from '../../../src/sites/find-site.ts'
import { fetchedAt } from '../articles/our-extractor.ts'
import { type BenchPage, type Prediction, readPage } from '../articles/page.ts'
import { scoreSet } from '../articles/score/score.ts'
import { readWcxb } from '../articles/sets.ts'

/** How well the topics of forums are read: their opening posts as articles, and the words of all posts. */
export interface TopicScore {
  readonly pages: number
  readonly title: number | null
  readonly author: number | null
  readonly day: number | null
  /** Of the opening post and the answers to it, each once. */
  readonly postsF1: number
  readonly precision: number
  readonly recall: number
}

/** @param folder that of WCXB's pages of forums. Pages that came without an address are left out. */
export async function readTopics(folder: string): Promise<BenchPage[]> {
  return (await readWcxb(folder, 'topics')).filter(({ url }) => URL.canParse(url))
}

export async function scoreTopics(
  pages: readonly BenchPage[],
  note: (line: string) => void,
): Promise<TopicScore> {
  const read = new Map<string, Prediction>()
  for (const page of pages) {
    try {
      read.set(page.key, await readTopic(page))
    } catch (error) {
      note(`failed on ${page.key}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const { title, authors, day, bodyF1, precision, recall } = scoreSet(pages, read).scores
  return { pages: pages.length, title, author: authors, day, postsF1: bodyF1, precision, recall }
}

async function readTopic({ file, url }: BenchPage): Promise<Prediction> {
  const answer = { url, fetchedAt, status: 200, headers: {}, body: await readPage(file) }
  const site = resolveSite(new URL('/', url).href, [])
  const extraction = await extract({ kind: 'article', answer, site, zoneHint: null })
  if (extraction === null || !('article' in extraction))
    throw new TypeError('an article page was read as something else')
  const { article, threads } = batchRecord(extraction)
  const posts = threads.flatMap(({ comments }) => comments)
  // The opening post is the article, and often the first of the posts as well.
  const [first] = posts
  const isOpening =
    first !== undefined && squashed(article.body).startsWith(squashed(first.text).slice(0, 60))
  const answers = article.rules.body === 'opening-post' && isOpening ? posts.slice(1) : posts
  return {
    title: article.title,
    authors: article.authors,
    published: article.published,
    language: article.language,
    body: [article.body, ...answers.map(({ text }) => text)].join('\n'),
  }
}

const squashed = (text: string): string => text.replace(/\W+/g, '')
