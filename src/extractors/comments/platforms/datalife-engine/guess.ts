import { pageNumber } from './page.ts'
import { refusal, unread } from '../../answers.ts'
import { type Answer, type Ask, type Batch, incompleteReasons, type Thread } from '../../platform.ts'

/** A comment page that nothing on the site links to, asked for where the engine usually has it. */
export interface PageGuess {
  /** Place in the list of address forms. */
  readonly form: number
  readonly page: number
  /** The page that the article showed already, else 0. */
  readonly shown: number
  /** At most 1 while it is not known how many pages there are. */
  readonly last: number
  /** First comment of the page read before this one: the engine gives it again past the last page. */
  readonly before: string
  /** Why the site's script can't be asked instead. */
  readonly reason: string
}

/** As the engine's own rewrite rules have it, and as it works without them. */
const forms: readonly ((thread: Thread, page: number) => string | null)[] = [addressInPath, addressInQuery]

const lastName = /\/(?:page,\d+,)?([^/]+\.html)$/

function addressInPath({ data, pageUrl }: Thread, page: number): string | null {
  const url = new URL(data['articleUrl'] ?? pageUrl)
  if (!lastName.test(url.pathname)) return null
  url.pathname = url.pathname.replace(lastName, (_, name: string) => `/page,1,${page},${name}`)
  return url.href
}

function addressInQuery({ data, pageUrl, nativeId }: Thread, page: number): string {
  const url = new URL('index.php', data['root'] ?? pageUrl)
  url.searchParams.set('cstart', String(page))
  url.searchParams.set('newsid', nativeId)
  return url.href
}

/** The first page that the article did not show, at the first form of address there is from `form` on. */
export function firstGuess(guess: Omit<PageGuess, 'page'>, thread: Thread): Ask | null {
  const page = firstPage(guess)
  for (let form = guess.form; form < forms.length; form += 1) {
    const url = forms[form]?.(thread, page) ?? null
    if (url !== null) return guessAsk({ ...guess, form, page }, url)
  }
  return null
}

function firstPage({ shown }: Pick<PageGuess, 'shown'>): number {
  return shown === 1 ? 2 : 1
}

function guessAsk(guess: PageGuess, url: string): Ask {
  const note = Object.fromEntries(Object.entries(guess).map(([name, value]) => [name, String(value)]))
  return { url, accept: 'html', note: { step: 'guess', ...note } }
}

export function guessOf({ note = {} }: Ask): PageGuess {
  const { before = '', reason = '' } = note
  const number = (name: string): number => Number(note[name] ?? 0)
  return {
    form: number('form'),
    page: number('page'),
    shown: number('shown'),
    last: number('last'),
    before,
    reason,
  }
}

/** Whether the answer is the page asked for, and not the article to which the engine sends instead. */
export function isGuessed(answer: Answer, { page }: PageGuess): boolean {
  return refusal(answer) === null && pageNumber(answer.url) === page
}

/** The page after one that was there; null after the last. */
export function nextGuess(guess: PageGuess, thread: Thread): Ask | null {
  const page = guess.page + (guess.page + 1 === guess.shown ? 2 : 1)
  if (guess.last > 1 && page > guess.last) return null
  const url = forms[guess.form]?.(thread, page) ?? null
  return url === null ? null : guessAsk({ ...guess, page }, url)
}

/** What follows from a page that is not there: another form of address, the thread's end, or a gap. */
export function afterMissing(guess: PageGuess, answer: Answer, thread: Thread): Batch {
  const isFirst = guess.page === firstPage(guess)
  const other = isFirst ? firstGuess({ ...guess, form: guess.form + 1 }, thread) : null
  if (other !== null) return { comments: [], next: [other] }
  const isEnd = !isFirst && guess.last <= 1
  if (isEnd && answer.status !== 0 && answer.status < 500) return { comments: [], next: [] }
  const known = incompleteReasons.find((reason) => reason === guess.reason)
  return unread((isFirst ? known : refusal(answer)) ?? known ?? 'page_failed')
}
