import { describe, expect, it } from 'vitest'
import { bridge, harbour, news, paperCrawl } from './paper-crawl.ts'
import { articlePage, type SmallPaper } from './small-paper.ts'

const short = '/s/7/'

/** The feed names the bridge's article by a short link only, which shows the article itself or leads to it. */
function announceShort(paper: SmallPaper, leads: boolean): void {
  const url = paper.origin + bridge
  const feed = new URL(paper.feedUrl).pathname
  const told = paper.answers.get(feed)
  if (typeof told !== 'function') throw new Error('the feed is made anew for each request')
  paper.answers.set(feed, (path) => {
    const answer = told(path)
    return {
      ...answer,
      body: answer.body?.replaceAll(`${url}</link>`, `${paper.origin}${short}</link>`) ?? '',
    }
  })
  const body = articlePage({ url, ...news[bridge] })
  paper.answers.set(short, leads ? { status: 301, headers: { location: url } } : { body })
}

describe('an article that the feed names by another address than its own', () => {
  it.each([
    ['shows it', false, [short]],
    ['leads to it', true, [short, bridge]],
  ])('is asked for once in a pass where that address %s', async (_how, leads, asked) => {
    const { paper, crawl } = await paperCrawl()
    announceShort(paper, leads)
    for (const news of [2, 0, 0]) {
      paper.asked.length = 0
      expect((await crawl()).site).toMatchObject({ articles: { new: news }, failures: {} })
      expect(paper.asked.filter((path) => path === short || path === bridge)).toEqual(asked)
      expect(paper.asked.filter((path) => path === harbour)).toHaveLength(1)
    }
  })

  it('is asked for by its own where the other leads to it no longer', async () => {
    const { paper, crawl } = await paperCrawl()
    announceShort(paper, false)
    await crawl()
    paper.answers.set(short, { status: 503 })
    paper.asked.length = 0
    expect((await crawl()).site).toMatchObject({ articles: { unchanged: 2 } })
    expect(paper.asked.filter((path) => path === bridge)).toHaveLength(1)
  })
})
