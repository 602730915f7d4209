import type { Catalogue } from '../db/catalogue.ts'

/** A class of personal data, as a record of processing (GDPR, art. 30) tells it. */
interface DataClass {
  readonly title: string
  readonly people: string
  readonly purpose: string
  readonly kept: string
  /** Columns that hold it, by table. */
  readonly columns: Readonly<Record<string, readonly string[]>>
}

const classes: readonly DataClass[] = [
  {
    title: 'Who commented',
    people: 'People who commented in public under news articles',
    purpose: 'to tell the writers of a thread apart and to show who answers whom',
    kept: '`nameDays` of the site (default: for good); `privacy` holds pseudonyms or nothing in their place',
    columns: {
      comments: ['author_name', 'author_display', 'author_key', 'author_badges', 'permalink'],
    },
  },
  {
    title: 'What they wrote',
    people: 'The same, and those whom they quote or name',
    purpose: 'the study of public debate',
    kept: '`commentDays` of the site (default: for good); of removed comments `redactAfterDays` (30) after the removal',
    columns: {
      comments: ['body_text', 'body_html', 'quotes', 'published_at', 'published_raw'],
      comment_revisions: ['body_text'],
    },
  },
  {
    title: 'Articles',
    people: 'Journalists, and people whom the press writes about',
    purpose: 'what the comments are about',
    kept: 'for good; a page goes with `npm run erase -- --url`',
    columns: {
      articles: ['authors', 'title', 'subtitle', 'body_text', 'body_html', 'excerpt', 'image_url'],
      article_revisions: ['title', 'body_text'],
    },
  },
  {
    title: 'Stored pages',
    people: 'All of these, as the publisher showed them',
    purpose: 'to read a page again when a better rule is known, without asking the publisher again',
    kept: '`captureDays` of the site (30); without bytes where `privacy` hides names or the page asks not to be archived',
    columns: { capture_records: ['url', 'headers'], capture_bodies: ['body'] },
  },
  {
    title: 'What was erased',
    people: 'People who asked to be forgotten',
    purpose: 'to keep away what was erased',
    kept: 'for good, as keyed hashes that only the key, which is not in the database, can be compared with',
    columns: { erasures: ['hash'], erased_rows: ['row_id'] },
  },
]

/** Tables that hold nothing of people: settings, addresses of articles, numbers and times. */
const impersonal: ReadonlySet<string> = new Set([
  'article_checks',
  'article_signatures',
  'article_urls',
  'comment_states',
  'failures',
  'hosts',
  'privacy_keys',
  'runs',
  'schedules',
  'site_checks',
  'site_leases',
  'sites',
  'sources',
  'threads',
])

/**
 * The record of processing, made from the schema and its comments, as Markdown.
 * @throws Error for a table or column that nobody has classed, or that is no longer there.
 */
export function renderProcessingRecord({ relations }: Pick<Catalogue, 'relations'>): string {
  const tables = relations.filter(({ kind }) => kind === 'table')
  const described = new Map(
    tables.flatMap(({ name, columns }) =>
      columns.map((column) => [`${name}.${column.name}`, column.comment] as const),
    ),
  )
  const classed = new Set(classes.flatMap(({ columns }) => Object.keys(columns)))
  const forgotten = tables
    .map(({ name }) => name)
    .filter((name) => !classed.has(name) && !impersonal.has(name))
  if (forgotten.length > 0)
    throw new Error(`say in src/report/processing-record.ts what ${forgotten.join(', ')} hold of people`)
  return `${head}\n${classes.map((entry) => section(entry, described)).join('\n')}\n${tail([...impersonal])}`
}

function section(
  { title, people, purpose, kept, columns }: DataClass,
  described: ReadonlyMap<string, string>,
): string {
  const names = Object.entries(columns).flatMap(([table, list]) => list.map((column) => `${table}.${column}`))
  const lines = names.map((name) => {
    const description = described.get(name)
    if (description === undefined)
      throw new Error(`src/report/processing-record.ts names ${name}, which is not there`)
    return `- \`${name}\`: ${description}`
  })
  return `## ${title}\n\nWho: ${people}.\nWhy: ${purpose}.\nKept: ${kept}.\n\n${lines.join('\n')}\n`
}

const head = `# Record of processing

Made from the schema by \`npm run record-of-processing\`; a test fails when it is out of date. Whoever runs Commentariat
is the controller (GDPR, art. 4) and adds name, contact, legal basis and recipients; the tool sends nothing to anybody.
`

const tail = (tables: readonly string[]): string => `## Tables without personal data

${tables
  .toSorted()
  .map((table) => `\`${table}\``)
  .join(', ')}.

## Measures

Only what is public is read, as robots.txt and the pages themselves allow. Erasure, access and pseudonyms:
[privacy.md](privacy.md). The key of pseudonyms and erasures is never written to the database. E-mail addresses, and
hashes of them, are never stored as keys of writers.
`
