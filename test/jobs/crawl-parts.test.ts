import { describe, expect, it } from 'vitest'
import { bridge, news, paperCrawl } from './paper-crawl.ts'
import { articlePage, type SmallPaper } from './small-paper.ts'

const second = `${bridge}2/`

/** Splits the bridge's article in two, with its thread under both pages. */
function split(paper: SmallPaper, words = 'The first lorry came in the afternoon, and it was late.'): void {
  const url = paper.origin + bridge
  const pager = (shown: number) =>
    `<p class="page-links">Pages: ${[1, 2]
      .map((number) =>
        number === shown
          ? `<span class="post-page-numbers current">${number}</span>`
          : `<a class="post-page-numbers" href="${url}${number === 1 ? '' : '2/'}">${number}</a>`,
      )
      .join(' ')}</p>`
  paper.answers.set(bridge, { body: articlePage({ url, ...news[bridge], pager: pager(1) }) })
  const later = articlePage({ url: `${url}2/`, ...news[bridge], pager: pager(2) })
  const text = `<div class="entry-content"><p>${words} ${'It carried timber for the island. '.repeat(6)}</p>`
  paper.answers.set(second, {
    body: later.replace(/<div class="entry-content">(?:<p>Bridge[^]*?<\/p>)+/, text),
  })
}

const held = `select title, revision, body_text like 'Bridge reopens.%' and body_text like '%first lorry%' as whole,
  (select count(*)::int from comments c where c.article_id = a.id) as comments from articles a where title = 'Bridge reopens'`
const whole = { title: 'Bridge reopens', revision: 1, whole: true, comments: 2 }

describe('a crawl of an article on two pages', () => {
  it('joins its text, takes its thread once, and writes nothing the next time', async () => {
    const { paper, crawl, rows } = await paperCrawl()
    split(paper)
    expect((await crawl()).site).toMatchObject({ articles: { new: 2 }, comments: { new: 3 }, failures: {} })
    expect(await rows(held)).toEqual([whole])
    const before = await rows('select id, url, kind from captures order by id')
    expect(before).toContainEqual(expect.objectContaining({ kind: 'part', url: paper.origin + second }))
    const again = await crawl('--refresh')
    expect(again.site).toMatchObject({
      articles: { changed: 0, unchanged: 2 },
      comments: { new: 0, edited: 0 },
    })
    expect(await rows('select id, url, kind from captures order by id')).toEqual(before)
    expect(await rows(held)).toEqual([whole])
  })

  it('sees what changed on its second page only, as one revision', async () => {
    const { paper, crawl, rows } = await paperCrawl()
    split(paper)
    await crawl()
    split(paper, 'The first lorry came at noon.')
    expect((await crawl('--refresh')).site).toMatchObject({ articles: { changed: 1, unchanged: 1 } })
    expect(await rows(held)).toEqual([{ ...whole, revision: 2 }])
    expect(await rows('select count(*)::int as n from article_revisions')).toEqual([{ n: 1 }])
  })

  it('keeps the text whole while the second page fails, and completes one that began so', async () => {
    const { paper, crawl, rows } = await paperCrawl()
    split(paper)
    const answer = paper.answers.get(second)!
    paper.answers.set(second, { status: 500, body: 'oh' })
    const failing = await crawl()
    expect(failing.site).toMatchObject({ articles: { new: 2 }, failures: { http_error: 1 } })
    expect(failing.code).toBe(1)
    expect(await rows(held)).toEqual([{ ...whole, whole: false }])
    expect(await rows(`select class, stage, url = '${paper.origin + bridge}' as own from failures`)).toEqual([
      { class: 'http_error', stage: 'fetch', own: true },
    ])
    paper.answers.set(second, answer)
    expect((await crawl()).site).toMatchObject({ articles: { changed: 1 }, failures: {} })
    paper.answers.set(second, { status: 500, body: 'oh' })
    expect((await crawl('--refresh')).site).toMatchObject({
      articles: { changed: 0 },
      failures: { http_error: 1 },
    })
    expect(await rows(held)).toEqual([{ ...whole, revision: 2 }])
  })

  it('takes no second page for an article, wherever it is announced', async () => {
    const { paper, crawl, rows } = await paperCrawl()
    split(paper)
    paper.announce(second)
    const first = await crawl()
    expect(first.site).toMatchObject({ notArticles: 1, comments: { new: 3 }, failures: {} })
    expect(await rows('select count(*)::int as n from articles')).toEqual([{ n: 2 }])
    expect(await rows(held)).toEqual([whole])
    const asked = paper.asked.filter((path) => path === second).length
    expect((await crawl('--article', paper.origin + second)).site).toMatchObject({
      articles: { unchanged: 1 },
    })
    // The page that was named is read as the part that it is.
    expect(paper.asked.filter((path) => path === second)).toHaveLength(asked + 1)
    expect(await rows(held)).toEqual([whole])
  })

  it('shows it joined in a dry run', async () => {
    const { paper, start, rows } = await paperCrawl()
    split(paper)
    const { stderr } = await start('--dry-run').result
    expect(stderr).toMatch(/Bridge reopens\n.* · 2 parts\n/)
    expect(await rows('select count(*)::int as n from articles')).toEqual([{ n: 0 }])
  })
})
