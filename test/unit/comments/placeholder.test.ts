import { expect, it } from 'vitest'
import { commentOf } from '../../../src/extractors/comments/comment.ts'
import { placeholderState, withoutPlaceholders } from '../../../src/extractors/comments/placeholder.ts'

it.each([
  '[deleted]',
  '[removed]',
  'This comment was removed by a moderator',
  'This comment was removed by a moderator because it didn’t abide by our community standards. Replies may also be deleted.',
  'This comment has been deleted.',
  'Comment deleted by user',
  '[Comment removed by moderator]',
  'This post has been removed by the author.',
  'Deleted by the author',
  'Entfernt. Bitte achten Sie auf einen angemessenen Tonfall. Danke, die Redaktion/xy',
  'Entfernt. Bitte nutzen Sie den Kommentarbereich, um sachlich zu diskutieren. Danke, die Redaktion/ab',
  'Dieser Kommentar wurde von der Redaktion entfernt.',
  'Kommentar gelöscht',
  '(gelöscht durch Moderation)',
  'комментарий удалён',
  'Комментарий удален модератором',
  'Этот комментарий был удалён за нарушение правил сайта.',
  '*** Сообщение удалено ***',
  'Коментар видалено',
  "Ce commentaire a été supprimé par l'auteur.",
  'Commentaire modéré',
  'Este comentario ha sido eliminado por un administrador.',
  'Questo commento è stato rimosso.',
  'Deze reactie is verwijderd.',
  'Komentarz usunięty przez administratora',
])('takes "%s" for what is left of a removed comment', (text) => {
  expect(placeholderState(text)).toBe('removed')
})

it.each([
  'Your comment is awaiting moderation.',
  'This comment is awaiting moderation',
  'Ваш комментарий ожидает модерации.',
  'Kommentar wartet auf Freischaltung',
])('takes "%s" for what stands in for a withheld comment', (text) => {
  expect(placeholderState(text)).toBe('withheld')
})

it.each([
  '',
  'Why was my comment removed by a moderator? I only asked for a source.',
  'I deleted my account',
  'The statue was removed by the council in March.',
  'Entfernt man die Steuer, steigt der Preis.',
  'Мой комментарий удалён, а почему, никто не объяснил',
  'Комментарий удалён, а зря',
  'Удалённая работа – это прекрасно',
  'Ce commentaire est juste.',
  'Removed the old pump and it runs again.',
  'Deleted scenes are the best part',
  'This comment was great.',
])('leaves "%s" as what somebody wrote', (text) => {
  expect(placeholderState(text)).toBeNull()
})

it('sets the notice apart, and keeps the state that the platform gave', () => {
  const notice = { bodyText: '[deleted]', bodyHtml: '<p>[deleted]</p>' }
  const { comments } = withoutPlaceholders({
    comments: [
      commentOf({ nativeId: '1', ...notice }),
      commentOf({ nativeId: '2', ...notice, state: 'withheld' }),
      commentOf({ nativeId: '3', bodyText: 'mine' }),
    ],
    next: [],
  })
  expect(
    comments.map(({ state, bodyText, bodyHtml, notice }) => [state, bodyText, bodyHtml, notice]),
  ).toEqual([
    ['removed', '', '', '[deleted]'],
    ['withheld', '', '', '[deleted]'],
    ['visible', 'mine', '', undefined],
  ])
})
