import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fixtureUrl, readFixture } from '../../src/crawlers/extract/page-fixture.ts'
import { loadSites, resolveSite } from '../../src/sites/find-site.ts'
import { publishNews } from './paper-crawl.ts'
import { openSmallPaper, type SmallPaper } from './small-paper.ts'
import { type JobResult, runJob } from './start-job.ts'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'commentariat-sites-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'sites')
}

async function openPaper(): Promise<SmallPaper> {
  const paper = await openSmallPaper()
  onTestFinished(() => paper.stop())
  return paper
}

const newSite = (url: string, ...flags: string[]): Promise<JobResult> =>
  runJob('new-site', [url, '--allow-private-network', ...flags])

const filesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()
  } catch {
    return [] // A folder that was not made holds nothing.
  }
}

describe('new-site', () => {
  it('shows what is had of a site by its address, and writes a declaration that is read back', async () => {
    const [paper, out] = [await openPaper(), newFolder()]
    publishNews(paper)
    const { code, stdout, stderr } = await newSite(paper.origin, '--out', out, '--id', 'small-paper')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/title +Bridge reopens \(/)
    expect(stdout).toMatch(/authors +Ada Quill \(/)
    expect(stdout).toMatch(/comments +2 of 2, wordpress/)
    expect(stdout).toContain('made with   WordPress 6.5.3')
    expect(filesIn(out)).toEqual([
      'fixtures',
      'fixtures/small-paper.html',
      'fixtures/small-paper.json',
      'small-paper.json',
    ])

    const site = resolveSite('small-paper', await loadSites(out))
    expect(site).toMatchObject({ id: 'small-paper', url: `${paper.origin}/`, language: 'en' })
    const html = readFileSync(join(out, 'fixtures/small-paper.html'), 'utf8')
    expect(html).not.toMatch(/Ada Quill|Reader \d/)
    expect(fixtureUrl(html)).toBe(`${paper.origin}/2026/03/bridge/`)
    const expected: unknown = JSON.parse(readFileSync(join(out, 'fixtures/small-paper.json'), 'utf8'))
    const read = await readFixture(html, site)
    expect(JSON.parse(JSON.stringify(read))).toEqual(expected)
    expect(read).toMatchObject({ article: { title: 'Bridge reopens' }, thread: { reportedCount: 2 } })
    expect(read.comments?.map(({ bodyText }) => bodyText)).toEqual(['first', 'second'])
  })

  it('shows in a dry run what it would write, and writes nothing', async () => {
    const [paper, out] = [await openPaper(), newFolder()]
    publishNews(paper)
    const { code, stdout, stderr } = await newSite(
      paper.origin,
      '--out',
      out,
      '--id',
      'small-paper',
      '--dry-run',
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/title +Bridge reopens \(/)
    expect(stdout).toContain('"id": "small-paper"')
    expect(stdout).toMatch(
      /this would be written: .*small-paper\.json, .*small-paper\.html.*\nNothing was written\.\n$/,
    )
    expect(filesIn(out)).toEqual([])
  })

  it('writes no offset for a zone, and tells next steps that can be taken', async () => {
    const [paper, out] = [await openPaper(), newFolder()]
    const [path, article] = ['/2026/03/bridge/', { title: 'Bridge reopens', post: 7, comments: ['first'] }]
    paper.answers.set('/', {
      body: `<!DOCTYPE html><title>Paper</title><a href="${path}">Bridge reopens</a>`,
    })
    paper.publish(path, { ...article, published: '2026-03-01T07:30:00+03:00' })
    const { code, stdout, stderr } = await newSite(paper.origin, '--out', out, '--id', 'small-paper')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('clock       UTC+03:00\n')
    const [site] = await loadSites(out).then((sites) => sites.filter(({ id }) => id === 'small-paper'))
    expect(site).toMatchObject({ timezone: null })

    const steps = stdout.slice(stdout.indexOf('Then:')).trim().split('\n')
    expect(steps.map((step) => step.replace(/^(?:Then:)?\s+/, ''))).toEqual([
      `COMMENTARIAT_SITES=${out} npm run doctor`,
      `COMMENTARIAT_SITES=${out} npm run crawl -- small-paper --limit 20 --allow-private-network`,
    ])
    const env = { COMMENTARIAT_SITES: out, COMMENTARIAT_CONTACT: 'https://me.example/' }
    expect(await runJob('doctor', [], { env })).toMatchObject({ code: 0 })
    const crawl = await runJob('crawl', ['small-paper', '--dry-run', '--allow-private-network'], { env })
    expect(crawl).toMatchObject({ code: 0 })
  })

  it("asks no host for what can't be written", async () => {
    const [paper, out] = [await openPaper(), newFolder()]
    publishNews(paper)
    writeFileSync(join(out, '..', 'file'), '')
    for (const folder of ['/proc/nope/sites', join(out, '..', 'file', 'sites')]) {
      const refused = await newSite(paper.origin, '--out', folder, '--id', 'small-paper')
      expect(refused.stderr).toMatch(/(?:\/proc\/nope|file\/).*can't be written: /)
      expect(refused.code).toBe(2)
    }
    expect(paper.asked).toEqual([])
  })

  it('writes over nothing unless it is told to', async () => {
    const [paper, out] = [await openPaper(), newFolder()]
    publishNews(paper)
    const flags = ['--out', out, '--id', 'small-paper']
    expect((await newSite(paper.origin, ...flags)).code).toBe(0)
    const file = join(out, 'small-paper.json')
    const before = readFileSync(file, 'utf8')
    const asked = paper.asked.length
    const again = await newSite(paper.origin, ...flags)
    expect(again.code).toBe(2)
    expect(again.stderr).toMatch(/small-paper\.json.*there already; --force writes over it/)
    expect(paper.asked).toHaveLength(asked)
    expect((await newSite(paper.origin, ...flags, '--force')).code).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  it.each([
    ['what is no address', 'gazette', 2, /"gazette" is not an address such as https:\/\/example.com\//],
    ['another scheme', 'ftp://gazette.example/', 2, /is not an address/],
    ['a declared site', 'https://netzpolitik.org/', 2, /"netzpolitik" is declared already/],
    ['a port where nobody listens', 'http://127.0.0.1:9/', 1, /127\.0\.0\.1:9\/.*Nothing was written/s],
  ])('refuses %s', async (_what, url, code, words) => {
    const out = newFolder()
    const refused = await newSite(url, '--out', out)
    expect(refused.stderr).toMatch(words)
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code, stdout: '' })
    expect(filesIn(out)).toEqual([])
  })

  const page = (body: string) => ({ body: `<!DOCTYPE html><html lang="en"><title>Shop</title><body>${body}` })
  it.each<[string, (paper: SmallPaper) => void, RegExp]>([
    [
      'a site without articles',
      (paper) => {
        paper.announce('/cup/', 'A cup')
        paper.answers.set('/cup/', page('<h1>A cup</h1><p>Buy it.</p>'))
      },
      /is no news site, it seems: none of the 1 pages/,
    ],
    [
      'pages that ask for a login',
      (paper) => {
        paper.announce('/story/', 'A story')
        paper.answers.set('/story/', page('<form><input name=u><input type="password" name=p></form>'))
      },
      /shows a login in place of its text \(wall\).*never bypassed/,
    ],
    [
      'a refusal in robots.txt',
      (paper) => {
        publishNews(paper)
        paper.answers.set('/robots.txt', {
          headers: { 'content-type': 'text/plain' },
          body: 'User-agent: *\nDisallow: /\n',
        })
      },
      /robots_refused.*robots\.txt of the host does not allow/,
    ],
    [
      'a host that refuses',
      (paper) => {
        publishNews(paper)
        for (const path of ['/', '/feed/', ...paper.answers.keys()]) paper.answers.set(path, { status: 401 })
      },
      /answered 401 \(blocked\)/,
    ],
    [
      'an empty site',
      (paper) => paper.answers.set('/', page('<p>Soon.</p>')),
      /^(?!.*(?:--article|out of the site)).*names an article; .*address of its feed.*Nothing was written/s,
    ],
  ])('refuses %s and writes nothing', async (_what, prepare, words) => {
    const [paper, out] = [await openPaper(), newFolder()]
    prepare(paper)
    const refused = await newSite(`${paper.origin}/`, '--out', out)
    expect(refused.stderr).toMatch(words)
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 1, stdout: '' })
    expect(filesIn(out)).toEqual([])
  })

  it('refuses a document that is no page', async () => {
    const [paper, out] = [await openPaper(), newFolder()]
    paper.answers.set('/news.pdf', { headers: { 'content-type': 'application/pdf' }, body: '%PDF-1.7 …' })
    const refused = await newSite(`${paper.origin}/news.pdf`, '--out', out)
    expect(refused.stderr).toMatch(/wrong_type.*Nothing was written/)
    expect({ code: refused.code, files: filesIn(out) }).toEqual({ code: 1, files: [] })
  })
})
