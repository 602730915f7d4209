import type { Recording } from '../recording.ts'

const page = `<div id='discourse-comments'></div><script>DiscourseEmbed = { discourseUrl: '{origin}/forum/', topicId: 42 };
  (function() { var d = document.createElement('script'); d.src = DiscourseEmbed.discourseUrl + 'javascripts/embed.js'; })();</script>`

const post = (number: number, cooked: string, more: object = {}) => ({
  id: 1000 + number,
  post_number: number,
  post_type: 1,
  username: 'ida',
  name: 'Ida Quill',
  avatar_template: '/user_avatar/forum/ida/{size}/7.png',
  created_at: '2026-03-02T09:20:05.045Z',
  updated_at: '2026-03-05T09:20:05.045Z',
  cooked,
  reply_count: 0,
  reply_to_post_number: null,
  version: 1,
  actions_summary: [],
  hidden: false,
  user_deleted: false,
  deleted_at: null,
  admin: false,
  moderator: false,
  staff: false,
  user_title: null,
  ...more,
})

const at = '2026-03-02T09:20:05.045Z'
const plain = { author: 'ida', at, likes: 0 }
const numbers = Array.from({ length: 60 }, (_, index) => index + 6)

const topic = (posts: readonly object[], stream: readonly number[], more: object = {}) => ({
  id: 42,
  slug: 'harbour',
  posts_count: stream.length,
  closed: false,
  archived: false,
  post_stream: { posts, stream },
  ...more,
})

const postsRequest = (given: readonly number[]) =>
  `GET /forum/t/42/posts.json?${given.map((number) => `post_ids[]=${1000 + number}`).join('&')}`

export const recording: Recording = {
  platform: 'discourse',
  secrets: ['user_avatar'],
  threads: [
    {
      title: 'three levels, then the other posts by their ids',
      page,
      answers: {
        'GET /forum/t/42.json': {
          body: topic(
            [
              post(1, '<p>This is a companion discussion topic for the original entry.</p>', {
                username: 'system',
              }),
              post(2, '', { user_deleted: true, deleted_at: '2026-03-03T00:00:00.000Z' }),
              post(3, '<p>Second <a class="mention" href="/u/bo">@bo</a>.</p>', {
                reply_to_post_number: 2,
                version: 3,
                moderator: true,
                staff: true,
                user_title: 'Harbour master',
                actions_summary: [{ id: 2, count: 5 }],
              }),
              post(
                4,
                `<aside class="quote no-group" data-username="ida" data-post="3" data-topic="42"><div class="title">
                <div class="quote-controls"></div> ida:</div><blockquote>\n<p>Second</p>\n</blockquote></aside>\n<p>Third.</p>
                <aside class="onebox"><article>A card</article></aside>`,
                { reply_to_post_number: 3, hidden: true },
              ),
              post(5, '', { post_type: 3, action_code: 'autoclosed.disabled' }),
            ],
            [1, 2, 3, 4, 5, ...numbers].map((number) => 1000 + number),
          ),
        },
        [postsRequest(numbers.slice(0, 50))]: {
          body: {
            post_stream: { posts: numbers.slice(0, 50).map((number) => post(number, `<p>${number}</p>`)) },
          },
        },
        [postsRequest(numbers.slice(50))]: {
          body: {
            post_stream: {
              posts: numbers
                .slice(50)
                .map((number) => post(number, `<p>${number}</p>`, { reply_to_post_number: 1 })),
            },
          },
        },
      },
      expected: {
        reportedCount: 63,
        comments: [
          { ...plain, id: '2', text: '', marks: ['removed'] },
          {
            ...plain,
            id: '3',
            parent: '2',
            text: 'Second @bo.',
            marks: ['edited', 'moderator', 'Harbour master'],
            likes: 5,
          },
          { ...plain, id: '4', parent: '3', text: 'Third.', marks: ['withheld'], quotes: ['ida: Second'] },
          ...numbers.map((number) => ({ ...plain, id: String(number), text: String(number) })),
        ],
      },
    },
    {
      title: 'a closed topic without replies',
      page,
      answers: {
        'GET /forum/t/42.json': { body: topic([post(1, '<p>Companion.</p>')], [1001], { closed: true }) },
      },
      expected: { reportedCount: 0, closed: true, comments: [] },
    },
    {
      title: 'a page that names its own address only',
      page: page.replace('topicId: 42', "discourseEmbedUrl: '{origin}/2026/03/harbour'"),
      answers: {},
      expected: { reportedCount: null, comments: [], incomplete: 'needs_consent' },
    },
  ],
}
