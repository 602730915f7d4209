import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { revisitPolicy } from '../../src/crawlers/revisit.ts'
import type { Database } from '../../src/db/client.ts'
import { startRun } from '../../src/db/runs.ts'
import type { SiteLease } from '../../src/db/site-leases.ts'
import { openSiteStore } from '../../src/db/site-store.ts'
import { saveSite } from '../../src/db/sites.ts'
import type { Article } from '../../src/extractors/article/article.ts'
import type { Comment, Thread } from '../../src/extractors/comments/platform.ts'
import { contentHash } from '../../src/normalise/fingerprint.ts'
import { urlHash } from '../../src/normalise/url.ts'
import { defineSite, type SiteDeclaration } from '../../src/sites/site.ts'
import type { CapturedAnswer, CaptureHead, PageToSave, SiteStore, ThreadReading } from '../../src/store.ts'

/** The moment at which the tests' stories begin; later visits are `later(hours)`. */
export const firstVisit = new Date('2026-03-02T10:00:00Z')

export const later = (hours: number): Date => new Date(firstVisit.getTime() + hours * 3_600_000)

const rules: Article['rules'] = {
  title: 'heuristic',
  subtitle: 'none',
  authors: 'json-ld',
  publishedAt: 'metadata',
  modifiedAt: 'none',
  section: 'microdata',
  tags: 'heuristic',
  language: 'metadata',
  imageUrl: 'none',
  body: 'layout',
}

function articleWith(fields: Partial<Article> = {}): Article {
  return {
    canonicalUrl: 'https://gazette.example/news/bridge',
    nativeId: '4711',
    title: 'Bridge over the Lorn reopens',
    subtitle: 'After two years of work',
    authors: ['Ada Quill'],
    section: 'Region',
    tags: ['bridge', 'traffic'],
    language: 'en',
    publishedAt: new Date('2026-03-01T07:30:00Z'),
    publishedLocal: null,
    modifiedAt: null,
    bodyText: 'The first cars crossed at noon.\n\nThe mayor walked.',
    bodyHtml: '<p>The first cars crossed at noon.</p><p>The mayor walked.</p>',
    excerpt: null,
    imageUrl: null,
    siteName: 'Gazette',
    commentCount: null,
    isWalled: false,
    isArticle: true,
    rules,
    ...fields,
  }
}

export function commentWith(fields: Partial<Comment> & Pick<Comment, 'nativeId'>): Comment {
  return {
    parentNativeId: null,
    parentConfidence: 'high',
    authorName: 'fern',
    authorDisplay: null,
    authorKey: 'user:fern',
    publishedAt: new Date('2026-03-01T08:00:00Z'),
    publishedPrecision: 'second',
    publishedRaw: '1 March 2026 08:00',
    bodyText: `words of ${fields.nativeId}`,
    bodyHtml: `<p>words of ${fields.nativeId}</p>`,
    quotes: [],
    likes: 0,
    dislikes: 0,
    score: 0,
    state: 'visible',
    isEdited: false,
    editedAt: null,
    isPinned: false,
    isPicked: false,
    authorBadges: [],
    isPing: false,
    permalink: null,
    ...fields,
  }
}

function threadWith(fields: Partial<Thread> = {}): Thread {
  return {
    platform: 'wordpress',
    nativeId: '4711',
    pageUrl: 'https://gazette.example/news/bridge',
    reportedCount: null,
    closed: false,
    timezone: 'UTC',
    data: {},
    ...fields,
  }
}

export function captureOf(url: string, body: string, fields: Partial<CapturedAnswer> = {}): CapturedAnswer {
  const bytes = new TextEncoder().encode(body)
  return {
    url,
    requestHash: urlHash(url),
    kind: 'article',
    fetchedAt: firstVisit,
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: bytes,
    gzip: null,
    bodyHash: createHash('sha256').update(bytes).digest('hex'),
    before: null,
    ...fields,
  }
}

function readingOf(comments: readonly Comment[], fields: Partial<ThreadReading> = {}): ThreadReading {
  const seen = new Set(comments.map(({ nativeId }) => nativeId))
  const extent = { incomplete: null, isPartial: false, isNotFound: false, pageOrder: null }
  return { seen, reportedCount: comments.length, closed: false, ...extent, ...fields }
}

export interface Visit {
  readonly at?: Date
  readonly article?: Partial<Article>
  readonly askedUrl?: string
  readonly capture?: Partial<CapturedAnswer>
  readonly html?: string
  readonly thread?: Partial<Thread>
  /** Absent: the page has no thread. */
  readonly comments?: readonly Comment[]
  readonly parts?: PageToSave['parts']
  readonly readingKey?: string
  /** Null: more of the thread follows. */
  readonly reading?: Partial<ThreadReading> | null
}

/** A page as a crawl hands it to the store. */
export function pageOf(visit: Visit = {}): PageToSave {
  const article = articleWith(visit.article)
  const askedUrl = visit.askedUrl ?? article.canonicalUrl
  const fetchedAt = visit.at ?? firstVisit
  const { comments, reading } = visit
  return {
    article,
    articleHash: contentHash([article.title, article.subtitle, article.bodyText]),
    parts: visit.parts ?? null,
    askedUrl,
    capture: captureOf(askedUrl, visit.html ?? `<h1>${article.title}</h1><p>${article.bodyText}</p>`, {
      fetchedAt,
      ...visit.capture,
    }),
    readingKey: visit.readingKey ?? null,
    isThreadless: comments === undefined,
    thread:
      comments === undefined
        ? null
        : {
            thread: threadWith({ pageUrl: article.canonicalUrl, ...visit.thread }),
            comments,
            captures: [],
            reading: reading === null ? null : readingOf(comments, reading),
          },
  }
}

export interface TestStore {
  readonly store: SiteStore
  readonly runId: number
  /** Saves one visit, with what is held of its page's address as a crawl would tell it. */
  readonly save: (visit?: Visit) => ReturnType<SiteStore['savePage']>
}

/** The store of a pass over a site that is made for the test. */
export async function storeOf(
  { db }: { readonly db: Database },
  site: Partial<SiteDeclaration> & { id: string },
): Promise<TestStore> {
  const declared = defineSite({ name: 'Gazette', url: 'https://gazette.example/', ...site })
  await saveSite(db, declared)
  const runId = await startRun(db, declared.id, 'crawl', firstVisit)
  const isFamilyMember = declared.family !== null
  const lease = await leaseOf(db, declared.id)
  const store = openSiteStore(db, {
    siteId: declared.id,
    runId,
    isFamilyMember,
    revisit: revisitPolicy,
    lease,
  })
  return {
    store,
    runId,
    save: async (visit = {}) => {
      const page = pageOf(visit)
      const before = (await headOf(store, page.capture.url)) ?? null
      return store.savePage({ ...page, capture: { ...page.capture, before, ...visit.capture } })
    },
  }
}

/** The lease that the site is under, whoever took it. */
export async function leaseOf(db: Database, siteId: string): Promise<SiteLease> {
  const [row] = await db.execute<{ epoch: number }>(sql`
    insert into site_leases as held (site_id, epoch, renewed_at) values (${siteId}, 0, now())
    on conflict (site_id) do update set epoch = held.epoch returning epoch::int`)
  return { siteId, epoch: row!.epoch, signal: new AbortController().signal, lose: () => undefined }
}

/** The newest capture of an address, without its body. */
export async function headOf(store: SiteStore, url: string): Promise<CaptureHead | undefined> {
  return (await store.captureHeads([urlHash(url)])).get(urlHash(url))
}
