import { createInterface } from 'node:readline/promises'
import { findOne, getAttributeValue } from 'domutils'
import { makeFixture } from '../../src/crawlers/extract/page-fixture.ts'
import { parseHtml } from '../../src/extractors/page.ts'
import { decodeBytes } from '../../src/normalise/charset.ts'
import { zoneOfPage } from '../../src/normalise/zone-hint.ts'
import { commonDoubts, type LookedAt, renderFirstLook } from '../../src/report/first-look.ts'
import { UsageError } from '../../src/settings.ts'
import { loadSites, resolveSite } from '../../src/sites/find-site.ts'
import { proposeSite } from '../../src/sites/propose-site.ts'
import { defineSite, type Site, type SiteDeclaration } from '../../src/sites/site.ts'
import { isOnSite } from '../../src/sites/site-host.ts'
import { siteSchema } from '../../src/sites/site-schema.ts'
import type { PageToSave } from '../../src/store.ts'
import { lookAtSite, refusalOf, type SiteLook } from './look-at-site.ts'
import { requireContact } from './require-contact.ts'
import { exit, type Job } from './run-job.ts'
import { placesOf, requireNewFiles, requireWritable, shown, siteFiles, writeFiles } from './write-site.ts'

export interface NewSiteFlags {
  readonly id?: string
  readonly out?: string
  readonly allowPrivateNetwork: boolean
  readonly yes: boolean
  readonly dryRun: boolean
  readonly force: boolean
}

/** Looks at a site, shows what is had of it without any declaration, and writes the declaration that it needs. */
export async function proposeNewSite(job: Job, url: string, flags: NewSiteFlags): Promise<number> {
  const site = await siteToAdd(job, url, flags)
  const id = flags.id ?? site.id
  const places = placesOf(id, flags.out ?? null)
  if (!flags.force) requireNewFiles(places)
  requireContact(job.settings, [site])
  if (!flags.dryRun) requireWritable(places)

  const look = await lookAtSite(job, site, flags.allowPrivateNetwork)
  if (job.signal.aborted) return exit.failed
  const refusal = refusalOf(site, look)
  if (refusal !== null) {
    process.stderr.write(`commentariat: ${refusal}.\n`)
    return exit.failed
  }
  const page = bestPage(look.pages)
  const declaration = declarationFor(site, id, look)
  const { capture } = page
  const fixture = await makeFixture(capture, defineSite(declaration), look.zone)
  const files = await siteFiles(places, declaration, fixture)
  tell(renderFirstLook(look.pages.map(lookedAt)))
  tell(`${summaryOf(look, page, declaration, fixture.losses).join('\n')}\n\n`)
  if (!(await isWanted([...files.keys()], flags))) {
    tell('Nothing was written.\n')
    return exit.done
  }
  await writeFiles(files)
  tell([...files.keys()].map((file) => `wrote ${shown(file)}\n`).join(''))
  tell(nextSteps(id, flags))
  return exit.done
}

/** @throws UsageError for what is no address, an id that can't be one, or a site that is declared. */
async function siteToAdd({ settings }: Job, url: string, { id, force, out }: NewSiteFlags): Promise<Site> {
  if (!/^https?:\/\/[^\s/]/i.test(url) || !URL.canParse(url))
    throw new UsageError(`"${url}" is not an address such as https://example.com/`)
  if (id !== undefined && !siteSchema.shape.id.safeParse(id).success)
    throw new UsageError(`--id ${id}: must be lower-case letters, digits, dots and hyphens`)
  const known = await loadSites(settings.sitesFolder)
  const declared = known.find((site) => isOnSite(url, site.url) || site.id === id)
  const isOwn = force && (out !== undefined || declared?.id === id)
  if (declared !== undefined && !isOwn)
    throw new UsageError(
      `"${declared.id}" is declared already, for ${declared.url}: npm run crawl -- ${declared.id}`,
    )
  return resolveSite(url, [])
}

/** The one with the most to lose: comments before text. */
function bestPage(pages: readonly PageToSave[]): PageToSave {
  const weight = ({ article, thread }: PageToSave): number =>
    (article.isWalled ? -1e9 : 0) +
    (thread?.comments.length ?? 0) * 1e5 +
    Math.min(article.bodyText.length, 99_999)
  const [best] = pages.toSorted((one, other) => weight(other) - weight(one))
  if (best === undefined) throw new TypeError('a look without articles is refused before')
  return best
}

function declarationFor(site: Site, id: string, look: SiteLook): SiteDeclaration {
  return proposeSite(site, id, {
    languages: look.pages.map(({ article }) => article.language),
    names: look.pages.map(({ article }) => article.siteName),
    needsBrowser: look.needsBrowser,
  })
}

function lookedAt({ article, thread }: PageToSave): LookedAt {
  if (thread === null) return { article, thread: null }
  const { reading, comments } = thread
  return {
    article,
    thread: {
      platform: thread.thread.platform,
      held: new Set(comments.map(({ nativeId }) => nativeId)).size,
      reported: reading?.reportedCount ?? thread.thread.reportedCount,
      incomplete: reading?.incomplete ?? null,
    },
  }
}

function summaryOf(
  look: SiteLook,
  page: PageToSave,
  declaration: SiteDeclaration,
  losses: readonly string[],
): string[] {
  const { pages, others, failures } = look
  const failed = failures.filter((failure) => failure.class !== 'not_an_article' && failure.class !== 'wall')
  return [
    `${pages.length} articles and ${others.length} other pages in ${look.requests} requests.`,
    `made with   ${generatorOf(page) ?? 'nothing that names itself'}`,
    `clock       ${look.zone ?? zoneOfPage(textOf(page)) ?? 'no zone is told; times without an offset are taken as UTC'}`,
    ...commonDoubts(pages.map(lookedAt)).map((doubt) => `! ${doubt}`),
    ...failed.map((failure) => `! ${failure.message} (${failure.class})`),
    ...losses.map((loss) => `! the fixture lost what the page has, when names were replaced: ${loss}`),
    '',
    'The declaration:',
    ...JSON.stringify(declaration, null, 2).split('\n'),
  ]
}

function generatorOf(page: PageToSave): string | null {
  const meta = findOne(
    ({ name, attribs }) => name === 'meta' && attribs['name']?.toLowerCase() === 'generator',
    parseHtml(textOf(page)).children,
  )
  const told = meta === null ? undefined : getAttributeValue(meta, 'content')
  return told?.replaceAll(/[\p{Cc}\s]+/gu, ' ').slice(0, 80) ?? null
}

const textOf = ({ capture }: PageToSave): string =>
  decodeBytes(capture.body, capture.headers['content-type'] ?? null, { kind: 'html' }).text

/** Asks whoever sits there. In a script nobody does, and the command is the order. */
async function isWanted(files: readonly string[], { yes, dryRun }: NewSiteFlags): Promise<boolean> {
  const names = files.map(shown).join(', ')
  if (dryRun) {
    tell(`Without --dry-run this would be written: ${names}\n`)
    return false
  }
  if (yes || !process.stdin.isTTY) return true
  // Where standard output goes to a file, the question would too.
  const output = process.stdout.isTTY ? process.stdout : process.stderr
  const lines = createInterface({ input: process.stdin, output })
  try {
    const answer = await lines.question(`Write ${names}? [Y/n] `)
    return /^(?:y(?:es)?)?$/i.test(answer.trim())
  } finally {
    lines.close()
  }
}

function nextSteps(id: string, { out, allowPrivateNetwork }: NewSiteFlags): string {
  const settings = out === undefined ? '' : `COMMENTARIAT_SITES=${quoted(out)} `
  const check = out === undefined ? 'npx vitest run test/unit/sites' : `${settings}npm run doctor`
  const flags = `--limit 20${allowPrivateNetwork ? ' --allow-private-network' : ''}`
  return (
    '\nRead the fixture before you commit it: names in forms that no rule knows may be left in it.\n' +
    `Then:  ${check}\n       ${settings}npm run crawl -- ${id} ${flags}\n`
  )
}

/** As a shell takes it for one word. */
const quoted = (word: string): string =>
  /^[\w./:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`

function tell(text: string): void {
  process.stdout.write(text)
}
