import { pageOf } from '../page.ts'
import type { Recording } from '../recording.ts'

const path = '/77-harbour.html'

const item = (id: number, replies = ''): string =>
  `<li id="comments-tree-item-${id}" class="comments-tree-item"><div id='comment-id-${id}'><div class="comm"><img src="/uploads/fotos/foto_5.jpg" alt="Ида"><a onclick="ShowProfile('ida', '/user/ida/', '0'); return false;" href="/user/ida/">Ида</a> <span>2 марта 2026 09:20</span><div class="comm__body"><div id='comm-id-${id}'>Слова ${id}.</div></div></div></div>${replies === '' ? '' : `<ol class="comments-tree-list">${replies}</ol>`}</li>`

const list = (items: string): string => `<ol class="comments-tree-list">${items}</ol>`

const frame = (comments: string, more = ''): string =>
  `<script>var dle_root = '/'; var dle_skin = 'paper'; ${more}</script><div id="dle-content"><a id="dle-comm-link" href="{origin}${path}#comment">Комментарии (5)</a></div>
  <form method="post" name="dlemasscomments" id="dlemasscomments"><div id="dle-comments-list">${comments}</div></form>`

const navigation = (current: number, last: number): string =>
  `<div class="dle-comments-navigation"><div class="navi">${Array.from(
    { length: last },
    (_, index) => index + 1,
  )
    .map((page) =>
      page === current
        ? `<span>${page}</span>`
        : `<a onclick="CommentsPage('${page}', '77', '{origin}/page,1,${page},77-harbour.html'); return false;" href="{origin}/page,1,${page},77-harbour.html#comment">${page}</a>`,
    )
    .join(' ')}</div></div>`

/** Before version 13, and at its newer place. */
const ajax = (page: number): string =>
  `GET /engine/ajax/controller.php?mod=comments&massact=disable&cstart=${page}&news_id=77&skin=paper`
const newAjax = (page: number): string =>
  `GET /index.php?controller=ajax&mod=comments&massact=disable&cstart=${page}&news_id=77&skin=paper`

const lazy = 'var total_comments_pages = 3; var current_comments_page = 1;'
const answer = (items: string) => ({ body: { navigation: '', comments: list(items) } })

const plain = { author: 'Ида', at: '2026-03-02T06:20:00Z' }
const tree = item(1, item(2, item(3)))

const expected = {
  reportedCount: 5,
  comments: [
    { ...plain, id: '1', text: 'Слова 1.' },
    { ...plain, id: '2', parent: '1', text: 'Слова 2.' },
    { ...plain, id: '3', parent: '2', text: 'Слова 3.' },
    { ...plain, id: '4', text: 'Слова 4.' },
    { ...plain, id: '5', text: 'Слова 5.' },
  ],
}

export const recording: Recording = {
  platform: 'datalife-engine',
  isPrinted: true,
  secrets: ['foto_5'],
  threads: [
    {
      title: 'three HTML pages',
      path,
      page: frame(list(tree) + navigation(1, 3)),
      answers: {
        'GET /page,1,2,77-harbour.html': pageOf(frame(list(item(4)) + navigation(2, 3))),
        'GET /page,1,3,77-harbour.html': pageOf(frame(list(item(5)) + navigation(3, 3))),
      },
      expected,
    },
    {
      title: 'three pages that the script of the site loads',
      path,
      page: frame(list(tree), lazy),
      answers: { [ajax(2)]: answer(item(4)), [ajax(3)]: answer(item(5)) },
      expected,
    },
    {
      title: 'the same of a newer version, which has moved the interface',
      path,
      page: frame(list(tree), lazy),
      answers: {
        [ajax(2)]: { status: 404, body: 'Not found' },
        [newAjax(2)]: answer(item(4)),
        [newAjax(3)]: answer(item(5)),
      },
      expected,
    },
    {
      title: 'an interface that is overrun after its first answer',
      path,
      page: frame(list(tree), lazy),
      answers: { [ajax(2)]: answer(item(4)), [ajax(3)]: { status: 503, body: 'busy' } },
      expected: {
        ...expected,
        comments: expected.comments.slice(0, 4),
        incomplete: 'page_failed',
        failures: ['http_error'],
      },
    },
  ],
}
