import { selector } from '../../selector.ts'
import { idIn } from '../printed/ids.ts'
import { printedPlatform } from '../printed/printed-platform.ts'

/** "2016-09-19 14:47:46Z, License: CC BY-SA 3.0": of a comment; an answer's first one tells of its last change. */
const stamped = selector('.comment-date [title]')
const words = selector('#answers, .question-page, #question, .js-post-body')

/**
 * The sites of Stack Exchange: answers to a question, comments on both. Comments on an answer are its replies;
 * each kind has numbers of its own, so that an id keeps its kind's name.
 */
export const stackexchange = printedPlatform({
  name: 'stackexchange',
  usualTimezone: 'UTC',
  isHere: ({ elements }) => words.first(elements) !== null,
  boxes: selector('.answer[id^="answer-"], li.comment[id^="comment-"]'),
  idOf: idIn(/^((?:answer|comment)-\d+)$/),
  levelOf: 'nesting',
  author: [
    selector('.comment-user'),
    selector('.user-details[itemprop="author"] a'),
    selector('.user-details[itemprop="author"]'),
    selector('.user-details a'),
    selector('.user-details'),
  ],
  timeOf: (box) => stamped.first(box)?.attribs['title']?.split(',')[0] ?? null,
  times: [
    selector('.comment-date [title], .comment-date'),
    selector('time[itemprop="dateCreated"]'),
    selector('.user-info:last-child .relativetime, .relativetime'),
  ],
  body: [selector('.comment-copy'), selector('.js-post-body, .post-text, .s-prose')],
  score: selector('.comment-score, .js-vote-count'),
  // Hidden where nothing is folded.
  folded: selector('.js-show-link:not(.dno)'),
  anchor: '',
  opening: {
    box: selector('#question'),
    author: [
      selector('.owner .user-details[itemprop="author"] a, .owner .user-details a'),
      selector('.owner .user-details'),
    ],
    times: [],
    body: [selector('.js-post-body, .post-text, .s-prose')],
  },
  pages: { links: selector('.pager-answers a[href]'), number: /([?&]page=)(\d+)/, first: 1 },
})
