import { describe, expect, it } from 'vitest'
import { bridge, paperCrawl } from './paper-crawl.ts'
import { runJob } from './start-job.ts'

const key = 'a key of more than thirty-two letters'

describe('a crawl', () => {
  it('holds no name where pseudonyms are asked for, and asks nobody for anything without the right key', async () => {
    const { env, paper, rows } = await paperCrawl()
    const crawl = (further: Record<string, string>) =>
      runJob('crawl', [paper.feedUrl, '--allow-private-network', '--refresh'], {
        env: { ...env, COMMENTARIAT_PRIVACY: 'pseudonymise', ...further },
      })
    const keyless = await crawl({})
    expect(keyless).toMatchObject({ code: 2, stdout: '' })
    expect(keyless.stderr).toContain('COMMENTARIAT_PSEUDONYM_KEY is not set')
    expect(paper.asked).toEqual([])
    const done = await crawl({ COMMENTARIAT_PSEUDONYM_KEY: key })
    expect(done.code).toBe(0)
    expect(
      await rows('select count(*)::int as n, count(distinct author_name)::int as names from comments'),
    ).toEqual([{ n: 3, names: 2 }])
    expect(await rows(`select id from comments where author_name !~ '^reader-[0-9a-f]{14}$'`)).toEqual([])
    expect(await rows(`select id from captures where kind = 'article' and octet_length(body) > 20`)).toEqual(
      [],
    )
    const asked = paper.asked.length
    const wrong = await crawl({ COMMENTARIAT_PSEUDONYM_KEY: `${key}!` })
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    expect(paper.asked).toHaveLength(asked)
  })

  it('does not bring back whom an erasure took', async () => {
    const { crawl, env, paper, rows, start } = await paperCrawl()
    paper.publish(bridge, { title: 'Bridge reopens', post: 7, comments: ['first', '@Reader 1: no', 'third'] })
    await crawl()
    const withKey = { ...env, COMMENTARIAT_PSEUDONYM_KEY: key }
    const erased = await runJob('erase', ['--author', 'Reader 1', '--json'], { env: withKey })
    expect(JSON.parse(erased.stdout)).toMatchObject({ comments: 2, mentions: 1, names: ['Reader 1'] })
    // Without the key it would be brought back.
    expect((await start('--refresh').result).code).toBe(2)
    const again = await runJob('crawl', [paper.feedUrl, '--allow-private-network', '--refresh', '--json'], {
      env: withKey,
    })
    expect(again.code).toBe(0)
    expect(JSON.parse(again.stdout).sites[0]).toMatchObject({ comments: { new: 0, edited: 0, removed: 0 } })
    expect(
      await rows('select author_name, body_text, state from comments order by article_id, position'),
    ).toEqual(
      expect.arrayContaining([
        { author_name: null, body_text: '', state: 'removed' },
        { author_name: 'Reader 2', body_text: '@[erased]: no', state: 'visible' },
      ]),
    )
    expect(
      await rows(`select id from comments where author_name = 'Reader 1' or body_html ~ 'Reader 1'`),
    ).toEqual([])
    expect(await rows(`select complete from threads where not complete`)).toEqual([])
  })
})
