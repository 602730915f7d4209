import type { Recording } from '../recording.ts'

const page = `<div id="disqus_thread"></div><script>var disqus_shortname = 'harbour', disqus_identifier = 'node/77',
  disqus_url = 'https://paper.example/77'</script>`
const request =
  'GET /embed/comments/?base=default&f=harbour&t_i=node/77&t_u=https://paper.example/77&s_o=default'

const post = (id: string, parent: number | null, more: object = {}) => ({
  id,
  parent,
  author: { id: '5', username: 'ida_k', name: 'Ida', isAnonymous: false, email: 'ida@mail.example' },
  message: `<p>Words of ${id}.</p>`,
  createdAt: '2026-03-02T09:20:05',
  likes: 2,
  dislikes: 1,
  points: 1,
  isDeleted: false,
  isApproved: true,
  ...more,
})

const embedded = (posts: readonly object[], hasNext: boolean, total: number) => ({
  body: `<!doctype html><html><body><script type="text/json" id="disqus-threadData">${JSON.stringify({
    cursor: { hasNext, next: '1:0:0', total },
    code: 0,
    response: { posts, thread: { id: '900', posts: total, isClosed: false } },
  })}</script></body></html>`,
  headers: { 'content-type': 'text/html; charset=utf-8' },
})

const votes = { likes: 2, dislikes: 1, score: 1 }
const at = '2026-03-02T09:20:05Z'

export const recording: Recording = {
  platform: 'disqus',
  standsFor: ['https://disqus.com'],
  secrets: ['mail.example'],
  threads: [
    {
      title: 'a thread that fits on the embedded page',
      page,
      answers: {
        [request]: embedded(
          [post('1', null), post('2', 1, { isDeleted: true, message: '' }), post('3', 2)],
          false,
          3,
        ),
      },
      expected: {
        reportedCount: 3,
        comments: [
          { id: '1', author: 'Ida', at, text: 'Words of 1.', ...votes },
          { id: '2', parent: '1', at, text: '', marks: ['removed'], ...votes },
          { id: '3', parent: '2', author: 'Ida', at, text: 'Words of 3.', ...votes },
        ],
      },
    },
    {
      title: 'a thread of which the rest needs a key',
      page,
      answers: { [request]: embedded([post('1', null)], true, 80) },
      expected: {
        reportedCount: 80,
        incomplete: 'needs_token',
        comments: [{ id: '1', author: 'Ida', at, text: 'Words of 1.', ...votes }],
      },
    },
  ],
}
