import { appendFile, readFile } from 'node:fs/promises'
import { parseDocument } from 'htmlparser2'
import { z } from 'zod'
import { decodeBytes } from '../../../src/normalise/charset.ts'
import { extractOurs } from './our-extractor.ts'
import { nothing, type Prediction, readPage, type StoredPage } from './page.ts'
import { isPeer, predictionOf } from './peer-extractor.ts'

/*
 * One contender in a process of its own. Started with a file of pages, a file for the predictions, the number of
 * rounds, and the address of a peer's module or nothing for ours. Prints what it took. A peer is measured in its only
 * pass; we pass once over everything before the rounds begin, as a crawl's threads are long warm.
 */
const [pagesFile = '', predictionsFile = '', rounds = '1', peerModule] = process.argv.slice(2)

/** Pages after which bare parse and extraction take turns, so that a slow moment of the machine hits both. */
const TURN = 40
/** Pages that a peer reads ahead of its pass: its code is compiled then. */
const AHEAD = 10

const pagesShape = z.array(z.object({ key: z.string(), file: z.string(), url: z.string() }))
const faults: string[] = []

void measure()

/** A program in one piece can't wait at its top. */
async function measure(): Promise<void> {
  const pages = pagesShape.parse(JSON.parse(await readFile(pagesFile, 'utf8')))
  const extract = peerModule === undefined ? prepareOurs : await loadPeer(peerModule)
  if (peerModule === undefined) await runPass(extract, pages, savePrediction)
  else await runPass(extract, pages.slice(0, AHEAD), () => Promise.resolve())
  const passes = []
  for (let round = 0; round < Number(rounds); round += 1) {
    const isOnly = peerModule !== undefined && round === 0
    passes.push(await runPass(extract, pages, isOnly ? savePrediction : () => Promise.resolve()))
  }
  const peakMegabytes = process.resourceUsage().maxRSS / 1024
  process.stdout.write(`\n${JSON.stringify({ passes, faults, peakMegabytes })}`)
}

type Save = (page: StoredPage, prediction: Prediction) => Promise<void>
/** Two steps, because making our form out of a peer's answer is none of its work. */
type Extract = (bytes: Uint8Array, text: string, url: string) => Promise<() => Prediction>

async function savePrediction({ key }: StoredPage, prediction: Prediction): Promise<void> {
  await appendFile(predictionsFile, `${JSON.stringify({ key, ...prediction })}\n`)
}

/**
 * @returns milliseconds of CPU time for each page: a clock on the wall would tell of the machine's other work. Threads
 * of the garbage collector count.
 */
async function runPass(extract: Extract, these: readonly StoredPage[], save: Save) {
  const pass = { bare: [] as number[], extraction: [] as number[] }
  for (let start = 0; start < these.length; start += TURN) {
    const turn = these.slice(start, start + TURN)
    for (const page of turn) pass.bare.push(parseBare(await readText(page)))
    for (const page of turn) pass.extraction.push(await extractPage(extract, page, save))
  }
  return pass
}

async function readText({ file }: StoredPage): Promise<string> {
  return decodeBytes(await readPage(file), null, { kind: 'html' }).text
}

function parseBare(text: string): number {
  const started = process.cpuUsage()
  parseDocument(text)
  return millisecondsSince(started)
}

function millisecondsSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started)
  return (user + system) / 1000
}

async function extractPage(extract: Extract, page: StoredPage, save: Save): Promise<number> {
  const bytes = await readPage(page.file)
  const text = peerModule === undefined ? '' : decodeBytes(bytes, null, { kind: 'html' }).text
  const started = process.cpuUsage()
  const read = await extract(bytes, text, page.url).catch((error: unknown) => {
    faults.push(`${page.key}: ${error instanceof Error ? error.message : String(error)}`)
    return () => nothing
  })
  const took = millisecondsSince(started)
  await save(page, read())
  return took
}

async function prepareOurs(bytes: Uint8Array, _text: string, url: string): Promise<() => Prediction> {
  const prediction = await extractOurs(bytes, url)
  return () => prediction
}

async function loadPeer(address: string): Promise<Extract> {
  const loaded: unknown = await import(address)
  if (!isPeer(loaded)) throw new Error(`${address} exports no extract`)
  return async (_bytes, text, url) => {
    const answer = await loaded.extract(text, url)
    return () => predictionOf(answer)
  }
}
