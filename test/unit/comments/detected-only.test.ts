import { describe, expect, it } from 'vitest'
import { platformNamed, platforms } from '../../../src/extractors/comments/detect.ts'
import { detectedOnly } from '../../../src/extractors/comments/platforms/detected-only.ts'
import { articleUrl, foundOn, located } from './located.ts'
import { answerOf } from './thread-fixture.ts'

const pages: Readonly<Record<string, readonly [html: string, nativeId: string]>> = {
  'facebook-comments': [
    `<div class="fb-comments" data-href="https://paper.example/77"></div><script src="https://connect.facebook.net/en_US/sdk.js"></script>`,
    'https://paper.example/77',
  ],
  'vk-comments': [
    '<div id="vk_comments"></div><script>VK.Widgets.Comments("vk_comments")</script>',
    articleUrl,
  ],
  cackle: [
    '<div id="mc-container"></div><script>cackle_widget.push({widget: "Comment", id: 7})</script>',
    articleUrl,
  ],
  hypercomments: [
    '<div id="hypercomments_widget"></div><script>_hcwp.push({widget:"Stream"})</script>',
    articleUrl,
  ],
  'tolstoy-comments': [
    '<div class="tolstoycomments-feed"></div><script src="https://web.tolstoycomments.com/sitejs/app.js?i=tolstoycomments&x=7"></script>',
    articleUrl,
  ],
  vuukle: [
    '<div id="vuukle-comments"></div><script src="https://cdn.vuukle.com/platform.js"></script>',
    articleUrl,
  ],
  graphcomment: [
    '<div id="graphcomment"></div><script>var gc_params = { graphcomment_id: "paper" }</script>',
    articleUrl,
  ],
  insticator: [
    '<div id="insticator-commenting"><div class="so-comments" data-integration-id="i1" data-ext-page-id="p77"></div></div>',
    'p77',
  ],
}

describe('vendors that are only recognised', () => {
  it.each(Object.entries(pages))('%s is kept with its reason and never asked', (name, [html, nativeId]) => {
    const platform = platformNamed(name)
    const thread = foundOn(platform, html)
    expect(thread).toMatchObject({ platform: name, nativeId })
    expect(platform.restriction).toMatch(/^(?:needs_token|unsupported)$/)
    expect(platform.open(thread)).toEqual({ url: articleUrl })
    expect(platform.read(answerOf(html), platform.open(thread), thread)).toEqual({
      comments: [],
      next: [],
      incomplete: platform.restriction,
    })
  })

  it('has an example of each', () => {
    expect(Object.keys(pages)).toEqual(detectedOnly.map(({ name }) => name))
  })

  it.each([
    [
      'a flag of a feature',
      '<body data-settings=\'{"hasvuukle":true}\'><script>{"vuukle":{"languages":{"en":true}}}</script>',
    ],
    [
      'counts and styles',
      '<style>.fb-comments-count {} .fb-comments { width: 100% }</style><span class="fb-comments-count"></span>',
    ],
    [
      'a box that nothing fills',
      '<div class="fb-comments"></div><div id="graphcomment"></div><div id="vuukle-comments"></div>',
    ],
    [
      'buttons to share',
      '<script src="https://vk.com/js/api/share.js"></script><script src="https://connect.facebook.net/sdk.js"></script>',
    ],
    ['reactions', '<div class="so-reactions" data-integration-id="i1"></div>'],
    ['the key of a whole site', '<script>{"graphComment":{"graphCommentId":"paper"}}</script>'],
    [
      'what is left of Livefyre',
      '<div id="livefyre-comments" data-lf-site-id="3"></div><script src="https://zor.livefyre.com/embed.js"></script><i>{"livefyre-url":"article-77"}</i>',
    ],
  ])('does not take %s for a thread', (_what, html) => {
    expect(
      platforms.flatMap((platform) => (located(platform, html) === null ? [] : [platform.name])),
    ).toEqual([])
  })
})
