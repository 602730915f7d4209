import type { Recording } from '../recording.ts'

const section = '00000000-0000-4000-8000-000000000001'
const list = 'aaaaaaaa-0000-4000-8000-000000000002'

const page = `<meta name="vf:container_id" content="story-77"><div class="viafoura">
  <vf-conversations vf-container-id="story-77" limit="10"></vf-conversations></div>`

const bootstrap = 'POST /v2/paper.example/bootstrap/v2?session=false'
const container = `GET /v4/livecomments/${section}/contentcontainer/id?container_id=story-77`
const roots = (after = ''): string =>
  `GET /v4/livecomments/${section}/${list}/comments?limit=100&reply_limit=100&sorted_by=oldest${after}`
const repliesTo = (root: string, after = ''): string =>
  `GET /v4/livecomments/${section}/${list}/comments/${root}?limit=100&sorted_by=oldest${after}`
const writer = (actor: string): string => `GET /v3/sections/${section}/users/${actor}`

const site = { body: { result: { settings: { site_uuid: section }, sectionTree: { uuid: section } } } }
const about = (more: object = {}) => ({
  body: { content_container_uuid: list, container_id: 'story-77', total_visible_content: 5, ...more },
})

const content = (id: string, parent: string, more: object = {}) => ({
  content_uuid: id,
  content_container_uuid: list,
  parent_uuid: parent,
  thread_uuid: parent === list ? null : 'r1',
  content: `Words of ${id}.`,
  date_created: 1772443205250,
  state: 'visible',
  actor_uuid: 'actor-1',
  total_likes: 5,
  total_dislikes: 2,
  total_replies: 0,
  is_pinned: false,
  is_editor_pick: false,
  ...more,
})

const contents = (items: readonly object[], more_available = false) => ({
  body: { contents: items, more_available },
})
const named = (name: string) => ({ body: { name, avatar: 'https://a.example/ida.png' } })

const votes = { likes: 5, dislikes: 2, score: 3 }
const at = '2026-03-02T09:20:05.250Z'
const plain = { author: 'Ida', at, ...votes }

export const recording: Recording = {
  platform: 'viafoura',
  site: 'https://www.paper.example',
  standsFor: ['https://api.viafoura.co', 'https://livecomments.viafoura.co', 'https://iam.viafoura.co'],
  secrets: ['ida.png'],
  threads: [
    {
      title: 'two pages, folded replies below a deleted one, and a writer whose name is not given',
      page,
      answers: {
        [bootstrap]: site,
        [container]: about(),
        [roots()]: contents(
          [
            content('r1', list, { total_replies: 3, is_pinned: true }),
            content('c2', 'r1', { state: 'deleted', content: '', actor_uuid: null }),
          ],
          true,
        ),
        [repliesTo('r1')]: contents([content('c2', 'r1', { state: 'deleted', content: '' })], true),
        [repliesTo('r1', '&starting_from=c2')]: contents([
          content('c3', 'c2'),
          content('c4', 'c3', { actor_uuid: 'actor-2', state: 'awaiting_moderation' }),
        ]),
        [roots('&starting_from=r1')]: contents([content('r5', list, { is_editor_pick: true })]),
        [writer('actor-1')]: named('Ida'),
        [writer('actor-2')]: { status: 404, body: {} },
      },
      expected: {
        reportedCount: 5,
        comments: [
          { ...plain, id: 'r1', text: 'Words of r1.', marks: ['pinned'] },
          { id: 'c2', parent: 'r1', at, text: '', marks: ['removed'], ...votes },
          { ...plain, id: 'r5', text: 'Words of r5.', marks: ['picked'] },
          { ...plain, id: 'c3', parent: 'c2', text: 'Words of c3.' },
          { id: 'c4', parent: 'c3', at, text: 'Words of c4.', marks: ['withheld'], ...votes },
        ],
      },
    },
    {
      title: 'closed and empty',
      page,
      answers: {
        [bootstrap]: site,
        [container]: about({ total_visible_content: 0, comments_disabled: true }),
      },
      expected: { reportedCount: 0, closed: true, comments: [] },
    },
    {
      title: 'a container that is made with its first comment',
      page,
      answers: { [bootstrap]: site, [container]: { status: 404, body: {} } },
      expected: { reportedCount: 0, comments: [] },
    },
  ],
}
