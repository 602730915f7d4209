import type { Batch, Comment } from './platform.ts'

/** A text that stands in for words is short; a longer one that begins so is somebody's comment. */
const LONGEST = 240

/** Brackets, dashes and stars around the whole. */
const frame = /^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu

const subject = [
  'th(?:is|e) (?:comment|post|message|reply)(?: (?:by|from) [^.]{1,60})?',
  '(?:comment|post|message|reply)',
].join('|')
const moderators =
  '(?:an? |the |our |site )*(?:moderators?|moderation(?: team)?|administrators?|admins?|editors?|staff|system|(?:original )?(?:author|poster|user|commenter)|its author)'

/**
 * What comment systems print in place of words that were taken away, as whole texts: the engines' own ones (Reddit,
 * Disqus, WordPress moderation plug-ins, Guardian, Zeit, Spiegel, DataLife Engine, Le Monde, and their like) in the
 * languages of the sites that we read.
 */
const removed: readonly RegExp[] = [
  /^(?:deleted|removed|redacted)$/,
  new RegExp(
    `^(?:${subject}) (?:(?:has|have|had) been|was|is|got) (?:deleted|removed|erased|hidden|blocked)(?: (?:by|due to|because|for|as|after|from)\\b[^.]*)?(?:\\. .{0,140})?$`,
  ),
  new RegExp(`^(?:deleted|removed|hidden|withdrawn)(?: by ${moderators})$`),
  new RegExp(`^(?:${subject}) (?:deleted|removed|hidden)(?: by ${moderators})?$`),
  /^entfernt\b(?:[.,:!]? (?:bitte|die redaktion|wegen|aufgrund|auf wunsch|kommentar|dieser).*)?$/,
  /^(?:gelöscht|entfernt)(?: (?:durch|von|vom) .{1,60})?$/,
  /^(?:(?:dieser|der|ihr) )?(?:kommentar|beitrag)(?: (?:wurde|ist|hat))?(?: (?:von|durch|vom|aufgrund|wegen)\b.{1,80})? (?:gelöscht|entfernt|gesperrt|ausgeblendet)(?:\. .{0,140})?$/,
  /^(?:(?:этот|данный|ваш) )?(?:комментарий|сообщение|пост)(?: был| было)? удал[её]н[оа]?(?: (?:модератор|администра|редакци|автор|пользовател|за |по |в связи|из-за|как ).{0,140})?(?:\. .{0,140})?$/,
  /^удал[её]но?(?: (?:модератором|администратором|администрацией|автором|пользователем|редакцией))?$/,
  /^(?:цей )?(?:коментар|повідомлення)(?: було| був)? видален[оий]*(?: .{0,80})?$/,
  /^ce commentaire a été (?:supprimé|retiré|modéré|effacé)(?:[ .].{0,140})?$/,
  /^(?:commentaire|message) (?:supprimé|modéré|retiré|effacé)(?: par .{1,60})?$/,
  /^(?:este )?(?:comentario|mensaje|comentário)(?: (?:ha sido|fue|foi))? (?:eliminado|borrado|removido|excluído|apagado)(?:[ .].{0,140})?$/,
  /^(?:questo )?commento(?: è stato)? (?:rimosso|eliminato|cancellato)(?:[ .].{0,140})?$/,
  /^(?:deze )?(?:reactie|bericht)(?: is| werd)? (?:verwijderd)(?:[ .].{0,140})?$/,
  /^(?:ten )?komentarz(?: został)? (?:usunięty|skasowany)(?:[ .].{0,140})?$/,
  /^(?:šis )?(?:komentārs|komentaras)(?: (?:ir|tika|buvo))? (?:dzēsts|izdzēsts|pašalintas|ištrintas)(?:[ .].{0,140})?$/,
]

const withheld: readonly RegExp[] = [
  new RegExp(
    `^(?:${subject}|your comment) (?:is (?:awaiting|pending|waiting for|under|in)|awaits) (?:moderation|approval|review)(?:[. ].{0,140})?$`,
  ),
  /^(?:(?:dieser|der|ihr) )?(?:kommentar|beitrag) (?:wartet auf|muss (?:noch )?freigeschaltet|wird (?:noch )?geprüft).{0,100}$/,
  /^(?:(?:этот|данный|ваш) )?комментарий (?:ожидает|находится на|проходит) (?:модераци|проверк|одобрени).{0,100}$/,
  /^(?:ce|votre) commentaire est en attente de modération.{0,100}$/,
  /^(?:su|este|tu) comentario (?:está|queda) (?:pendiente|a la espera) de (?:moderación|aprobación).{0,100}$/,
]

/** What a text says became of the comment whose words it stands for; null for a reader's own words. */
export function placeholderState(text: string): 'removed' | 'withheld' | null {
  if (text.length === 0 || text.length > LONGEST) return null
  const words = text.replaceAll(/\s+/g, ' ').replaceAll(frame, '').toLowerCase()
  if (words === '') return null
  if (removed.some((pattern) => pattern.test(words))) return 'removed'
  return withheld.some((pattern) => pattern.test(words)) ? 'withheld' : null
}

/** Comments whose words a notice replaced are without words, and not visible: nobody wrote the notice. */
export function withoutPlaceholders(batch: Batch): Batch {
  return { ...batch, comments: batch.comments.map(withoutPlaceholder) }
}

function withoutPlaceholder(comment: Comment): Comment {
  if (comment.quotes.length > 0) return comment
  const state = placeholderState(comment.bodyText)
  if (state === null) return comment
  return {
    ...comment,
    bodyText: '',
    bodyHtml: '',
    notice: comment.bodyText,
    state: comment.state === 'visible' ? state : comment.state,
  }
}
