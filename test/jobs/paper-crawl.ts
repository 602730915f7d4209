import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { openDatabase } from '../../src/db/client.ts'
import { type DatabaseKind, newDatabase } from '../databases/new-database.ts'
import { type ArticlePage, openSmallPaper, type SmallPaper } from './small-paper.ts'
import { environmentOf, type JobResult, runJob, startJob, type StartedJob } from './start-job.ts'

export const bridge = '/2026/03/bridge/'
export const harbour = '/2026/03/harbour/'

/** Two articles with three comments, the bridge's being the newer. */
export const news: Readonly<Record<typeof bridge | typeof harbour, Omit<ArticlePage, 'url'>>> = {
  [bridge]: {
    title: 'Bridge reopens',
    post: 7,
    comments: ['first', 'second'],
    published: '2026-03-01T07:30:00Z',
  },
  [harbour]: { title: 'Harbour closes', post: 8, comments: ['third'], published: '2026-02-01T07:30:00Z' },
}

export function publishNews(paper: SmallPaper): void {
  for (const [path, article] of Object.entries(news)) paper.publish(path, article)
}

const summaryShape = z.object({
  sites: z.array(z.record(z.string(), z.unknown())),
  failures: z.array(z.object({ site: z.string(), class: z.string(), message: z.string() })),
  exitCode: z.number(),
})

/** What `crawl --json` prints. */
export type Summary = z.infer<typeof summaryShape>

export interface PaperCrawl {
  readonly paper: SmallPaper
  readonly env: Readonly<Record<string, string>>
  /** Runs a crawl of the paper to its end; `site` is its own part of the summary. */
  readonly crawl: (
    ...flags: string[]
  ) => Promise<JobResult & { summary: Summary; site: Summary['sites'][number] | undefined }>
  /** Starts a crawl whose summary is for a person. */
  readonly start: (...flags: string[]) => StartedJob
  readonly rows: (statement: string) => Promise<unknown[]>
}

/** A paper of two articles, a fresh database, and the commands that crawl the one into the other. */
export async function paperCrawl(kind: DatabaseKind = 'server'): Promise<PaperCrawl> {
  const paper = await openSmallPaper()
  onTestFinished(() => paper.stop())
  publishNews(paper)
  const { settings, remove } = await newDatabase(kind)
  onTestFinished(() => remove())
  const env = { ...environmentOf(settings), LOG_LEVEL: 'warn' }
  const ofPaper = [paper.feedUrl, '--allow-private-network']
  return {
    paper,
    env,
    start: (...flags) => startJob('crawl', [...ofPaper, ...flags], { env }),
    crawl: async (...flags) => {
      const result = await runJob('crawl', [...ofPaper, '--json', ...flags], { env })
      const summary = summaryOf(result)
      return { ...result, summary, site: summary.sites[0] }
    },
    rows: async (statement) => {
      const database = await openDatabase(settings)
      try {
        return [...(await database.db.execute(statement))]
      } finally {
        await database.close()
      }
    },
  }
}

export function summaryOf({ stdout, stderr }: JobResult): Summary {
  if (stdout === '') throw new Error(`the crawl printed no summary: ${stderr}`)
  return summaryShape.parse(JSON.parse(stdout))
}
