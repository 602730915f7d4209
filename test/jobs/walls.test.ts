import { expect, it } from 'vitest'
import { bridge, harbour, news, paperCrawl } from './paper-crawl.ts'

const challenge = '<title>Just a moment...</title><script>window._cf_chl_opt={cvId:"3"}</script>'

it.each([
  ['in a page', { body: challenge }, 'shows a challenge in place of its text'],
  [
    'in words of its own',
    { status: 403, headers: { 'cf-mitigated': 'challenge' } },
    'answered 403 and a challenge',
  ],
])('asks a host that answers with a challenge, %s, nothing more for an hour', async (_how, answer, said) => {
  const { paper, crawl, rows } = await paperCrawl()
  const page = paper.answers.get(bridge) ?? {}
  paper.answers.set(bridge, answer)
  const first = await crawl()
  expect(first.site).toMatchObject({ articles: { new: 0 }, failures: { blocked: 1, throttled: 1 } })
  expect(first.summary.failures.map(({ message }) => message)).toContain(`${paper.origin}${bridge} ${said}`)
  const asked = [...paper.asked]
  expect(asked.filter((path) => path.startsWith('/2026/'))).toEqual([bridge])
  expect(await rows("select retry_after_until > now() + interval '59 minutes' as waits from hosts")).toEqual([
    { waits: true },
  ])
  await crawl()
  expect(paper.asked).toEqual(asked)

  paper.answers.set(bridge, page)
  await rows("update hosts set retry_after_until = now() - interval '1 second'")
  expect((await crawl()).site).toMatchObject({ articles: { new: 2 }, failures: {} })
})

it('passes no login, asks for it once, and goes on with the others', async () => {
  const { paper, crawl, rows } = await paperCrawl()
  const login = '<h1>Welcome back</h1><form><input name=u><input type="password" name=p></form>'
  paper.answers.set(bridge, { body: login })
  const first = await crawl()
  expect(first.site).toMatchObject({ articles: { new: 1 }, failures: { wall: 1 } })
  expect(await rows('select title from articles')).toEqual([{ title: news[harbour].title }])
  await crawl()
  expect(paper.asked.filter((path) => path === bridge)).toHaveLength(1)
})
