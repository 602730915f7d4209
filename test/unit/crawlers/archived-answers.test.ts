import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { archivedAnswers, type Skipped } from '../../../src/crawlers/replay/archived-answers.ts'

function record(url: string, note: string | null): string {
  const block = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>Bridge reopens</h1>'
  const fields = [
    'WARC/1.1',
    'WARC-Type: response',
    `WARC-Target-URI: ${url}`,
    'WARC-Date: 2026-03-01T10:00:00Z',
    'Content-Type: application/http; msgtype=response',
    `Content-Length: ${Buffer.byteLength(block)}`,
    ...(note === null ? [] : [`Commentariat-Note: ${note}`]),
  ]
  return `${fields.join('\r\n')}\r\n\r\n${block}\r\n\r\n`
}

async function read(...records: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'archive-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'pages.warc')
  writeFileSync(path, records.join(''))
  const skipped: Skipped = new Map()
  const answers = []
  for await (const { url, kind } of archivedAnswers(path, skipped)) answers.push([kind, url])
  return { answers, skipped: Object.fromEntries(skipped) }
}

describe('a note of ours in an archive', () => {
  const url = 'https://paper.example/bridge'

  it('tells what the record is', async () => {
    const note = (kind: string) => JSON.stringify({ kind, requestHash: 'a', headers: {} })
    expect(await read(record(url, note('part')), record(url, note('feed')), record(url, null))).toEqual({
      answers: [
        ['part', url],
        ['article', url],
      ],
      skipped: { 'source of articles': 1 },
    })
  })

  it.each(['{x}', '{', '', '{"kind":"part"} {}'])('that is none is passed over: %s', async (note) => {
    expect(await read(record(url, note), record(`${url}/2`, null))).toEqual({
      answers: [
        ['article', url],
        ['article', `${url}/2`],
      ],
      skipped: {},
    })
  })
})
