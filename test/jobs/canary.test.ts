import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { expect, it, onTestFinished, vi } from 'vitest'
import { bridge, harbour, paperCrawl } from './paper-crawl.ts'
import { runJob } from './start-job.ts'

// Each runs several crawls, one after the other.
vi.setConfig({ testTimeout: 240_000 })

const canary = 'kanarie-7f3a9c'
const captureShape = z.array(z.object({ body: z.instanceof(Uint8Array) }))

it('keys and passwords are in nothing that a crawl says or stores, whatever fails', async () => {
  const { paper, env, rows } = await paperCrawl()
  const folder = mkdtempSync(join(tmpdir(), 'commentariat-canary-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const secretly = paper.origin.replace('://', `://me:${canary}@`)
  const definition = {
    id: 'paper',
    name: 'Paper',
    url: `${secretly}/`,
    delaySeconds: 0,
    sources: [
      { kind: 'feed', url: `${secretly}/feed/` },
      { kind: 'feed', url: `${secretly}/broken/?token=${canary}` },
    ],
    platformKeys: { disqus: canary, 'hyvor-talk': canary },
  }
  writeFileSync(join(folder, 'paper.json'), JSON.stringify(definition))
  const cookie = { 'set-cookie': `session=${canary}`, 'www-authenticate': `Basic realm="${canary}"` }
  paper.answers.set('/broken/', { status: 500, headers: cookie, body: 'broken' })
  paper.answers.set(harbour, { status: 401, headers: cookie, body: 'no' })
  const answer = paper.answers.get(bridge)
  paper.answers.set(bridge, { ...(typeof answer === 'object' ? answer : {}), headers: cookie })

  const url = new URL(env['DATABASE_URL'] ?? '')
  url.password = canary
  const secrets = {
    COMMENTARIAT_SITES: folder,
    DATABASE_URL: url.href,
    LOG_LEVEL: 'trace',
    HTTP_PROXY: `http://me:${canary}@127.0.0.1:1`,
    HTTPS_PROXY: `http://me:${canary}@127.0.0.1:1`,
    http_proxy: `http://me:${canary}@127.0.0.1:1`,
  }
  const flags = ['paper', '--allow-private-network', '--json']
  const crawled = await runJob('crawl', flags, { env: secrets })
  expect(crawled.code).toBe(1)
  expect(crawled.stdout).toContain('http_error')
  // The hosts were asked, so that there was something to tell.
  expect(paper.asked).toContain(`/broken/?token=${canary}`)

  url.port = '1'
  const unreachable = await runJob('crawl', flags, { env: { ...secrets, DATABASE_URL: url.href } })
  expect(unreachable.code).toBe(3)
  const noAddress = `postgres://me:${canary}@[::1/`
  const mistaken = await runJob('crawl', flags, { env: { ...secrets, DATABASE_URL: noAddress } })
  expect(mistaken.code).toBe(2)

  for (const { stdout, stderr } of [crawled, unreachable, mistaken])
    expect(`${stdout}\n${stderr}`).not.toContain(canary)

  const tables = z
    .array(z.object({ name: z.string() }))
    .parse(await rows("select tablename as name from pg_tables where schemaname = 'public'"))
  for (const { name } of tables) {
    const stored = JSON.stringify(await rows(`select to_jsonb(t) - 'body' as row from ${name} t`))
    expect(stored.includes(canary) ? `${name} ${stored}` : '').toBe('')
  }
  const captured = captureShape.parse(await rows('select body from captures'))
  expect(captured.length).toBeGreaterThan(0)
  for (const { body } of captured) expect(gunzipSync(body).toString()).not.toContain(canary)
})
