import type { Element } from 'domhandler'
import { isElement } from '../../elements.ts'
import { isWithin, wordsOfElement } from './boxes.ts'
import { namesOf, numberIn } from './names.ts'
import type { PlacedEntry } from './places.ts'
import type { Entry } from './section.ts'

const answerWords =
  /^\W*(?:(?:in (?:reply|response) to|re(?:ply|plied|plying) to|(?:als )?antwort (?:auf|an)|reagiert auf|(?:en )?réponse à|répond à|(?:en )?respuesta a|respondiendo a|responde a|(?:em )?resposta a|(?:in )?risposta a|risponde a|(?:in )?antwoord op|reactie op|reageert op|(?:в )?ответ на|ответил[аи]?|у відповідь|(?:w )?odpowied(?:ź|zi) (?:do|na)|svar till|svar til)(?![\p{L}\d])|[→➜►▸↪⤷])\s*:?\s*(?:(?:den |the )?(?:kommentar|comment|commentaire|comentario|commento) (?:von|by|from|de|di)\s+)?@?(?<name>.{0,80})$/iu
const answerName = /in-reply-to|reply-?to|parent|replied|antwort-auf/i

/** The entry that the header of another says it answers, by a link to it or by its writer's name. */
export function answeredEntry(
  { box, body }: Entry,
  number: string | null,
  earlier: Earlier,
): PlacedEntry | null {
  for (const element of box.own) {
    if ((box.sizes.get(element) ?? 0) > longestHeader || body.some((part) => isWithin(element, part)))
      continue
    const answered = linkedEntry(element, number, earlier) ?? namedEntry(element, earlier)
    if (answered !== null) return answered
  }
  return null
}

const longestHeader = 120

/** The entries before one, by number and by their writers' names, of which the latest counts. */
export interface Earlier {
  readonly byNumber: ReadonlyMap<string, PlacedEntry>
  readonly byName: ReadonlyMap<string, PlacedEntry>
}

function linkedEntry(element: Element, own: string | null, { byNumber }: Earlier): PlacedEntry | null {
  if (element.name !== 'a' || !answerName.test(namesAround(element))) return null
  const number = numberIn(/[^/#=]{1,80}$/.exec(element.attribs['href'] ?? '')?.[0])
  return number === null || number === own || number.length < 2 ? null : (byNumber.get(number) ?? null)
}

function namedEntry(element: Element, { byName }: Earlier): PlacedEntry | null {
  const name = answerWords.exec(wordsOfElement(element, longestHeader))?.groups?.['name']?.trim()
  return name === undefined || name === '' ? null : (byName.get(name) ?? null)
}

function namesAround(element: Element): string {
  const { parent, attribs } = element
  const outer = parent !== null && isElement(parent) ? namesOf(parent) : ''
  return `${namesOf(element)} ${attribs['component'] ?? ''} ${attribs['rel'] ?? ''} ${outer}`
}
