import { z } from 'zod'
import type { PassOptions } from '../crawlers/pass.ts'

/** What a worker is to do: one pass over one site. */
export interface CrawlOrder {
  readonly siteId: string
  /** How a person names the site: its id, or an address that nobody declared. */
  readonly name: string
  /** `schedule`: only if the site is due; its slot is over then. */
  readonly job: 'crawl' | 'schedule'
  readonly pass: PassOptions
  /** The run that was lost with its worker, for which the attempts were counted anew. */
  readonly lostRun: number | null
}

/** Raised when workers of the version before could not do what an order says. */
const ORDER_VERSION = 1

const versionShape = z.object({ version: z.number() })

const orderShape = z.object({
  siteId: z.string(),
  name: z.string(),
  job: z.enum(['crawl', 'schedule']),
  pass: z.object({
    since: z.iso
      .datetime()
      .transform((moment) => new Date(moment))
      .nullable(),
    limit: z.number().nullable(),
    maxRequests: z.number().nullable(),
    comments: z.boolean(),
    refresh: z.boolean(),
    articles: z.array(z.string()),
  }),
  lostRun: z.number().nullable(),
})

/** As the queue keeps it. */
export function writeOrder(order: CrawlOrder): object {
  return { version: ORDER_VERSION, ...order }
}

/** Reads what the queue kept; null for an order of a newer version, which this worker could get wrong. */
export function readOrder(data: unknown): CrawlOrder | null {
  if (versionShape.parse(data).version > ORDER_VERSION) return null
  return orderShape.parse(data)
}
