import type { Command } from 'commander'

/** The file of each job. Nothing is run: a job runs in the process that was started for it. */
const files: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  demo: () => import('../demo.ts'),
  crawl: () => import('../crawl.ts'),
  schedule: () => import('../schedule.ts'),
  worker: () => import('../worker.ts'),
  inspect: () => import('../inspect.ts'),
  reextract: () => import('../reextract.ts'),
  'new-site': () => import('../new-site.ts'),
  sql: () => import('../sql.ts'),
  export: () => import('../export.ts'),
  import: () => import('../import.ts'),
  erase: () => import('../erase.ts'),
  dashboard: () => import('../dashboard.ts'),
  'bot-page': () => import('../bot-page.ts'),
  doctor: () => import('../doctor.ts'),
  'db:migrate': () => import('../db-migrate.ts'),
  dictionary: () => import('../dictionary.ts'),
  'record-of-processing': () => import('../record-of-processing.ts'),
  bench: () => import('../bench.ts'),
  corpora: () => import('../corpora.ts'),
  fuzz: () => import('../fuzz.ts'),
  chaos: () => import('../chaos.ts'),
}

/** The command of every job but `completion`, by the name of its npm script. */
export async function everyCommand(): Promise<ReadonlyMap<string, Command>> {
  const named = Object.entries(files).map(async ([script, load]) => [script, (await load()).command] as const)
  return new Map(await Promise.all(named))
}
