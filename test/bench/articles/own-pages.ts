import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { BenchPage } from './page.ts'

const folder = new URL('../../fixtures/news/', import.meta.url)

const truthShape = z.strictObject({
  url: z.string(),
  title: z.string(),
  authors: z.array(z.string()),
  published: z.string().nullable(),
  language: z.string(),
  body: z.array(z.string()),
})

/** The pages that we wrote ourselves, each with its truth beside it. */
export async function readOwnPages(): Promise<BenchPage[]> {
  const names = (await readdir(folder))
    .filter((file) => file.endsWith('.html'))
    .map((file) => file.slice(0, -5))
  return Promise.all(
    names.toSorted().map(async (name) => {
      const written = await readFile(new URL(`${name}.json`, folder), 'utf8')
      const { url, body, ...told } = truthShape.parse(JSON.parse(written))
      const file = fileURLToPath(new URL(`${name}.html`, folder))
      return { key: `own/${name}`, file, url, truth: { ...told, body: body.join('\n'), without: [] } }
    }),
  )
}
