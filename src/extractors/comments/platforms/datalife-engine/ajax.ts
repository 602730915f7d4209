import { z } from 'zod'
import { jsonOf } from '../../json/read-json.ts'
import type { Answer, Ask, Thread } from '../../platform.ts'

/** Which pages of a thread's list were asked for, and which of the engine's endpoints answers. */
export interface AjaxPlan {
  readonly variant: number
  /** How many endpoints were tried without success. */
  readonly tried: number
  /** The page that the article showed already, else 0. */
  readonly shown: number
  readonly last: number
  /** Pages up to this one are asked for; 0 while it is not known which endpoint answers. */
  readonly known: number
  readonly page: number
  /** The first comment of the page that the article showed, else 0. */
  readonly before: number
}

/** The endpoint moved twice: from version 13, since 2026, up to version 12. */
const variants: readonly { path: string; parameters: Readonly<Record<string, string>> }[] = [
  { path: 'engine/ajax/controller.php', parameters: { mod: 'comments', massact: 'disable' } },
  { path: 'index.php', parameters: { controller: 'ajax', mod: 'comments', massact: 'disable' } },
  { path: 'engine/ajax/comments.php', parameters: {} },
]

/** What only pages of one version hold, beside the place of its endpoint among `variants`. */
const versionMarks: readonly { variant: number; mark: RegExp }[] = [
  { variant: 1, mark: /[?&;]controller=ajax\b|\bdata-comments-(?:ratig-layer|likes|dislikes|vote-num)-id=/ },
  { variant: 0, mark: /\/ajax\/controller\.php\?mod=/ },
  { variant: 2, mark: /\bengine\/ajax\/(?!controller\.)\w+\.php/ },
]

/** The endpoint to try first, by what the article's page shows of the engine's version. */
export function likelyVariant(html: string): number {
  return versionMarks.find(({ mark }) => mark.test(html))?.variant ?? 0
}

/** A thread may claim any number of pages; so many are asked for at a time. */
const pagesAtOnce = 200

/** Asks for one page, to learn whether the endpoint is the right one. */
export function probe(plan: Omit<AjaxPlan, 'tried' | 'known'>, thread: Thread): Ask {
  return ajaxAsk({ ...plan, tried: 0, known: 0 }, thread)
}

/** Asks another endpoint for the same page; null when none is left, or when one has answered before. */
export function nextProbe(plan: AjaxPlan, thread: Thread): Ask | null {
  const tried = plan.tried + 1
  if (plan.known > 0 || tried >= variants.length) return null
  return ajaxAsk({ ...plan, tried, variant: (plan.variant + 1) % variants.length }, thread)
}

/** Asks for the pages that were not asked for yet. */
export function remaining(plan: AjaxPlan, thread: Thread): Ask[] {
  const last = Math.min(plan.last, plan.known + pagesAtOnce)
  const numbers = Array.from({ length: Math.max(0, last - plan.known) }, (_, index) => plan.known + index + 1)
  return numbers
    .filter((page) => page !== plan.shown && page !== plan.page)
    .map((page) => ajaxAsk({ ...plan, page, known: last }, thread))
}

function ajaxAsk(plan: AjaxPlan, thread: Thread): Ask {
  const { path, parameters } = variants[plan.variant] ?? { path: '', parameters: {} }
  const url = new URL(path, thread.data['root'] ?? thread.pageUrl)
  const values = {
    ...parameters,
    cstart: String(plan.page),
    news_id: thread.nativeId,
    skin: thread.data['skin'] ?? '',
  }
  for (const [name, value] of Object.entries(values)) if (value !== '') url.searchParams.set(name, value)
  const note = Object.fromEntries(Object.entries(plan).map(([name, value]) => [name, String(value)]))
  return { url: url.href, accept: 'json', note: { step: 'ajax', ...note } }
}

export function planOf(asked: Ask): AjaxPlan {
  const number = (name: string): number => Number(asked.note?.[name] ?? 0)
  return {
    variant: number('variant'),
    tried: number('tried'),
    shown: number('shown'),
    last: number('last'),
    known: number('known'),
    page: number('page'),
    before: number('before'),
  }
}

const listAnswer = z.object({ comments: z.string(), navigation: z.string().nullish() })

/** The list and its pager, both HTML; null when the answer is something else. */
export function listOf(answer: Answer): { comments: string; navigation: string } | null {
  const parsed = listAnswer.safeParse(jsonOf(answer))
  if (!parsed.success) return null
  const { comments, navigation } = parsed.data
  return { comments: comments.toWellFormed(), navigation: navigation ?? '' }
}
