import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { CorpusDriver } from '../../corpora/corpus.ts'
import { feedsCorpus } from '../../corpora/markup-corpora.ts'
import { robotsCorpus } from '../../corpora/robots-corpus.ts'
import { jsonCorpus, stringsCorpus, urlsCorpus } from '../../corpora/text-corpora.ts'

async function drive(driver: CorpusDriver, files: Readonly<Record<string, string>>): Promise<unknown[]> {
  const folder = await mkdtemp(join(tmpdir(), 'commentariat-corpus-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  return (await driver(folder)).map(({ cases, held, deviations }) => [cases, held, deviations.length])
}

it('counts what holds and lists what does not', async () => {
  const robots = { robots_latin1: 'User-agent: *\nDisallow: /a', agent: 'x', url_latin1: 'http://h/a' }
  const lines = [
    { test: 'ID_a', ...robots, allowed: false },
    { test: 'ID_b', ...robots, allowed: true },
    { test: 'GoogleOnly_c', ...robots, allowed: false },
  ]
  const file = lines.map((line) => JSON.stringify(line)).join('\n')
  expect(await drive(robotsCorpus, { 'cases.jsonl': file, LICENSE: 'ours' })).toEqual([
    [2, 1, 1],
    [1, 1, 0],
  ])
})

it('reads, refuses or does no harm', async () => {
  const json = { 'y_a.json': '[1]', 'n_b.json': '[1', 'i_c.json': '[1e999]', 'n_d.json': '[]' }
  expect(await drive(jsonCorpus, json)).toEqual([[4, 3, 1]])
  expect(await drive(feedsCorpus, { 'a.xml': '<rss><channel/></rss>', 'b.xml': '<html/>' })).toEqual([
    [2, 2, 0],
  ])
})

it('cleans and canonicalises once and for all', async () => {
  expect(await drive(stringsCorpus, { 'a.json': '["a", "\\u0000\\ud800", " b  c "]' })).toEqual([[3, 3, 0]])
  const urls = JSON.stringify([
    'a note',
    { input: 'b?utm_source=c', base: 'http://h/' },
    { input: 'http://', failure: true },
  ])
  expect(await drive(urlsCorpus, { 'a.json': urls })).toEqual([[2, 2, 0]])
})
