import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { BenchPage, Truth } from './page.ts'

/** Reads the pages of a set out of its folder, as the set's makers lay it out. */
type SetReader = (folder: string) => Promise<BenchPage[]>

/** The sets by name, with the folder that each lies in. */
export const sets: Readonly<Record<string, { readonly folder: string; readonly read: SetReader }>> = {
  scrapinghub: { folder: 'scrapinghub', read: readScrapinghub },
  fundus: { folder: 'fundus', read: readFundus },
  'wcxb-article': { folder: 'wcxb/article', read: (folder) => readWcxb(folder, 'wcxb-article') },
}

const PAGE = '.html.gz'
const unknown: Truth = { title: null, authors: [], published: null, language: null, body: '', without: [] }

const scrapinghubShape = z.record(z.string(), z.object({ url: z.string(), articleBody: z.string() }))

async function readScrapinghub(folder: string): Promise<BenchPage[]> {
  const truths = scrapinghubShape.parse(await readJson(join(folder, 'ground-truth.json')))
  return Object.entries(truths).map(([name, { url, articleBody }]) => ({
    key: `scrapinghub/${name}`,
    file: join(folder, 'html', name + PAGE),
    url,
    truth: { ...unknown, body: articleBody },
  }))
}

const wcxbShape = z.object({
  url: z.string(),
  ground_truth: z.object({
    title: z.string().nullish(),
    author: z.string().nullish(),
    publish_date: z.string().nullish(),
    main_content: z.string().nullish(),
    without: z.array(z.string()).nullish(),
  }),
})

/** @param set the name of the part that lies in the folder. */
export async function readWcxb(folder: string, set: string): Promise<BenchPage[]> {
  const names = (await readdir(folder))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -5))
  return Promise.all(
    names.toSorted().map(async (name) => {
      const { url, ground_truth: told } = wcxbShape.parse(await readJson(join(folder, `${name}.json`)))
      const truth = {
        ...unknown,
        title: told.title ?? null,
        authors: told.author == null || told.author === '' ? [] : [told.author],
        published: told.publish_date ?? null,
        body: told.main_content ?? '',
        without: told.without ?? [],
      }
      return { key: `${set}/${name}`, file: join(folder, name + PAGE), url, truth }
    }),
  )
}

const fundusPagesShape = z.record(z.string(), z.object({ url: z.string() }))
const fundusBodyShape = z.object({
  summary: z.array(z.string()),
  sections: z.array(z.object({ headline: z.array(z.string()), paragraphs: z.array(z.string()) })),
})
const fundusTruthShape = z.object({
  title: z.string().nullish(),
  authors: z.array(z.string()).nullish(),
  publishing_date: z.string().nullish(),
  body: fundusBodyShape.nullish(),
})
const fundusTruthsShape = z.record(z.string(), fundusTruthShape)

/** A folder for each country; in it each publisher's pages, and their truths by the version of the publisher's parser. */
async function readFundus(folder: string): Promise<BenchPage[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const countries = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const pages = await Promise.all(
    countries.toSorted().map((country) => readCountry(join(folder, country), country)),
  )
  return pages.flat()
}

async function readCountry(folder: string, country: string): Promise<BenchPage[]> {
  const pages = fundusPagesShape.parse(await readJson(join(folder, 'meta.info')))
  const files = (await readdir(folder)).filter((file) => file.endsWith(PAGE) && pages[file] !== undefined)
  const publishers = [...new Set(files.map(publisherOf))]
  const found = publishers.map(async (publisher) => {
    const truths = fundusTruthsShape.parse(await readJson(join(folder, `${publisher}.json`)))
    // The oldest page is the first version's; the last version is that of all pages after it.
    const versions = Object.entries(truths).toSorted(([one], [other]) => compareVersions(one, other))
    const own = files.filter((file) => publisherOf(file) === publisher)
    return own.toSorted().flatMap((file, index) => {
      const told = versions[Math.min(index, versions.length - 1)]?.[1]
      const url = pages[file]?.url
      if (told === undefined || url === undefined) return []
      const key = `fundus/${country}.${file.slice(0, -PAGE.length)}`
      return [{ key, file: join(folder, file), url, truth: fundusTruth(told, country) }]
    })
  })
  return (await Promise.all(found)).flat()
}

const publisherOf = (file: string): string => file.split('_', 1)[0] ?? ''

function fundusTruth(told: z.infer<typeof fundusTruthShape>, country: string): Truth {
  return {
    ...unknown,
    title: told.title ?? null,
    authors: told.authors ?? [],
    published: told.publishing_date ?? null,
    language: languages[country] ?? null,
    body: told.body == null ? '' : textOf(told.body),
  }
}

/** `V1`, `V1_1`, `V2`: by their numbers. */
function compareVersions(one: string, other: string): number {
  const [ones, others] = [one, other].map((version) => (version.match(/\d+/g) ?? []).map(Number))
  const places = Math.max(ones?.length ?? 0, others?.length ?? 0)
  for (let place = 0; place < places; place += 1) {
    const difference = (ones?.[place] ?? -1) - (others?.[place] ?? -1)
    if (difference !== 0) return difference
  }
  return 0
}

function textOf({ summary, sections }: z.infer<typeof fundusBodyShape>): string {
  const text = sections.flatMap(({ headline, paragraphs }) => [...headline, ...paragraphs])
  return [...summary, ...text].join('\n')
}

/** What is written in a country of the Fundus set whose pages do not name their language. */
const languages: Readonly<Record<string, string>> = { cn: 'zh', de: 'de', tw: 'zh', uk: 'en' }

export const isThere = (folder: string): boolean => existsSync(folder)

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'))
}
