import { z } from 'zod'
import { jsonOf } from './answers.ts'
import type { Answer, Ask, Thread } from './platform.ts'

/** Which pages of a thread's list were asked for, and which of the engine's endpoints answers. */
export interface AjaxPlan {
  readonly variant: number
  /** The page that the article showed already, else 0. */
  readonly shown: number
  readonly last: number
  /** Pages up to this one are asked for; 0 while it is not known which endpoint answers. */
  readonly known: number
  readonly page: number
}

/** The endpoint moved twice: versions 13 and 14, since 2026, up to 12. */
const variants: readonly { path: string; parameters: Readonly<Record<string, string>> }[] = [
  { path: 'engine/ajax/controller.php', parameters: { mod: 'comments', massact: 'disable' } },
  { path: 'index.php', parameters: { controller: 'ajax', mod: 'comments', massact: 'disable' } },
  { path: 'engine/ajax/comments.php', parameters: {} },
]

/** A thread may claim any number of pages; so many are asked for at a time. */
const pagesAtOnce = 200

/** Asks for one page, to learn whether the endpoint is the right one; null after the last endpoint. */
export function probe(plan: AjaxPlan, thread: Thread): Ask | null {
  return variants[plan.variant] === undefined ? null : ajaxAsk(plan, thread)
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
    shown: number('shown'),
    last: number('last'),
    known: number('known'),
    page: number('page'),
  }
}

const listAnswer = z.object({ comments: z.string(), navigation: z.string().nullish() })

/** The list and its pager, both HTML; null when the answer is something else. */
export function listOf(answer: Answer): { comments: string; navigation: string } | null {
  const parsed = listAnswer.safeParse(jsonOf(answer))
  return parsed.success ? { comments: parsed.data.comments, navigation: parsed.data.navigation ?? '' } : null
}
