import type { Recording } from '../recording.ts'

const page = `<div data-spotim-module="conversation" data-post-id="77"></div>
  <script async src="https://launcher.spot.im/spot/sp_abc123"></script>`

const request = (place: object): string =>
  `POST /v1.0.0/conversation/read ${JSON.stringify({
    conversation_id: 'sp_abc123_77',
    sort_by: 'oldest',
    ...place,
    child_count: 25,
    depth: 10,
  })}`
const roots = (offset: number): string => request({ offset, count: 100 })
const repliesTo = (parent: string, offset: number): string =>
  request({ parent_id: parent, offset, count: 25 })

const comment = (id: string, replies: readonly object[] = [], more: object = {}) => ({
  id,
  parent_id: '',
  user_id: 'u1',
  written_at: 1772443205,
  content: [
    { id: 't', type: 'text', text: `Words of ${id}\nand 1 < 2` },
    { type: 'preview-link', previewUrl: 'https://ads.example' },
  ],
  rank: { ranks_up: 5, ranks_down: 2 },
  replies,
  replies_count: replies.length,
  status: 'published',
  deleted: false,
  edited: false,
  ...more,
})

const conversation = (comments: readonly object[], offset: number, hasNext = false, more: object = {}) => ({
  body: {
    conversation: {
      conversation_id: 'sp_abc123_77',
      comments,
      users: { u1: { display_name: 'Ida', user_name: 'ida', image_id: 'ida.png', is_staff: true } },
      messages_count: 5,
      has_next: hasNext,
      offset,
      read_only: false,
      ...more,
    },
  },
})

const votes = { likes: 5, dislikes: 2, score: 3 }
const at = '2026-03-02T09:20:05Z'
const plain = { author: 'Ida', at, ...votes }
const removed = (replies: readonly object[]) =>
  comment('c2', replies, { parent_id: 'c1', deleted: true, content: [], user_id: null })

export const recording: Recording = {
  platform: 'openweb',
  refusal: 'needs_token',
  standsFor: ['https://api-2-0.spot.im'],
  secrets: ['ida.png', 'ads.example'],
  threads: [
    {
      title: 'two pages, folded replies, and a reply below a removed comment',
      page,
      answers: {
        [roots(0)]: conversation(
          [
            comment('c1', [removed([comment('c3', [], { parent_id: 'c2', edited: true })])], {
              replies_count: 2,
            }),
          ],
          1,
          true,
        ),
        [repliesTo('c1', 1)]: conversation([comment('c4', [], { parent_id: 'c1' })], 2),
        [roots(1)]: conversation([comment('c5', [], { status: 'require_approval' })], 2),
      },
      expected: {
        reportedCount: 5,
        comments: [
          { ...plain, id: 'c1', text: 'Words of c1\nand 1 < 2', marks: ['staff'] },
          { id: 'c2', parent: 'c1', at, text: '', marks: ['removed'], ...votes },
          { ...plain, id: 'c3', parent: 'c2', text: 'Words of c3\nand 1 < 2', marks: ['edited', 'staff'] },
          { ...plain, id: 'c4', parent: 'c1', text: 'Words of c4\nand 1 < 2', marks: ['staff'] },
          { ...plain, id: 'c5', text: 'Words of c5\nand 1 < 2', marks: ['withheld', 'staff'] },
        ],
      },
    },
    {
      title: 'a site that wants a token of every reader',
      page,
      answers: { [roots(0)]: { status: 401, body: { error: 'missing token' } } },
      expected: { reportedCount: null, incomplete: 'needs_token', failures: ['blocked'], comments: [] },
    },
    {
      title: 'closed before anybody said a word',
      page,
      answers: { [roots(0)]: conversation([], 0, false, { messages_count: 0, read_only: true }) },
      expected: { reportedCount: 0, closed: true, comments: [] },
    },
  ],
}
