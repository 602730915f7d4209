import type { Recording } from '../recording.ts'

const comment = (id: number, body: string | null, more: object = {}) => ({
  id,
  body,
  publication_id: 5,
  post_id: 7,
  user_id: 12,
  ancestor_path: '',
  type: 'comment',
  deleted: false,
  date: '2026-03-02T09:20:05.045Z',
  edited_at: null,
  status: 'published',
  pinned_by_user_id: null,
  restacks: 1,
  name: 'Ida',
  handle: 'ida',
  photo_url: 'https://substack-post-media.example/ida.png',
  reaction_count: 3,
  children: [],
  children_count: 0,
  ...more,
})

const first = comment(1, 'First.\n\nAnd <b>more</b> "quoted"')

/** The state stands in the page as JSON within a text of a script. */
const pageWith = (comments: readonly object[], post: object = {}) => {
  const state = { post: { id: 7, slug: 'harbour', comment_count: 4, ...post }, comments }
  const literal = JSON.stringify(JSON.stringify(state)).replaceAll('<', '\\u003c')
  return `<div class="comment-list"></div><script>window._preloads        = JSON.parse(${literal})</script>
    <script defer type="module" src="https://substackcdn.com/bundle/static/js/main.js"></script>`
}

const all = 'GET /api/v1/post/7/comments?all_comments=true&sort=oldest_first'
const at = '2026-03-02T09:20:05.045Z'
const plain = { author: 'Ida', at, likes: 3 }

export const recording: Recording = {
  platform: 'substack',
  secrets: ['substack-post-media'],
  threads: [
    {
      title: 'what the page shows, and then all: three levels below a removed comment',
      page: pageWith([first]),
      answers: {
        [all]: {
          body: {
            comments: [
              { ...first, edited_at: '2026-03-02T10:00:00.000Z', pinned_by_user_id: 5 },
              comment(2, null, {
                deleted: true,
                name: null,
                user_id: null,
                children: [
                  comment(3, 'Second.', {
                    ancestor_path: '2',
                    metadata: { is_author: true },
                    children: [
                      comment(4, null, {
                        ancestor_path: '2.3',
                        status: 'moderator_removed',
                        reaction_count: 0,
                      }),
                    ],
                  }),
                ],
              }),
            ],
          },
        },
      },
      expected: {
        reportedCount: 4,
        comments: [
          { ...plain, id: '1', text: 'First.\n\nAnd <b>more</b> "quoted"', marks: ['edited', 'pinned'] },
          { id: '2', at, text: '', marks: ['removed'], likes: 3 },
          { ...plain, id: '3', parent: '2', text: 'Second.', marks: ['author'] },
          { ...plain, id: '4', parent: '3', text: '', marks: ['removed'], likes: 0 },
        ],
      },
    },
    {
      title: 'only what the page shows, where the interface is closed',
      page: pageWith([first]),
      answers: { [all]: { status: 403, body: { error: 'not for you' } } },
      expected: {
        reportedCount: 4,
        incomplete: 'blocked',
        failures: ['blocked'],
        comments: [{ ...plain, id: '1', text: 'First.\n\nAnd <b>more</b> "quoted"' }],
      },
    },
    {
      title: 'no comments, and none allowed',
      page: pageWith([], { comment_count: 0, write_comment_permissions: 'none' }),
      answers: {},
      expected: { reportedCount: 0, closed: true, comments: [] },
    },
  ],
}
