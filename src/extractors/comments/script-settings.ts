import type { Element } from 'domhandler'
import { isWords } from '../elements.ts'
import type { IndexedPage } from '../element-index.ts'
import { selector } from '../selector.ts'

const scripts = selector('script')

/**
 * The text of the first script inside the page that has `mark` in it, or null. To be asked of pages only that show
 * another mark, for it looks through every script.
 */
export function scriptWith({ elements }: IndexedPage, mark: string): string | null {
  for (const script of scripts.all(elements)) {
    const text = textOf(script)
    if (text.includes(mark)) return text
  }
  return null
}

function textOf({ children }: Element): string {
  let text = ''
  for (const node of children) if (isWords(node)) text += node.data
  return text
}

/**
 * The quoted value of a setting in a script or in JSON, as in `serverURL: 'https://…'`; null when the setting is
 * missing, empty or computed.
 */
export function settingIn(text: string, name: string): string | null {
  const setting = new RegExp(
    `(?<![\\w$.-])["']?${name}["']?\\s{0,9}[:=]\\s{0,9}(?:"([^"\\n]{0,2000})"|'([^'\\n]{0,2000})'|\`([^\`$\\n]{0,2000})\`)`,
  )
  const [, double, single, tick] = setting.exec(text) ?? []
  const value = double ?? single ?? tick ?? ''
  return value === '' ? null : value.replaceAll('\\/', '/')
}

/** As `settingIn`, for a whole number, quoted or not. */
export function numberIn(text: string, name: string): string | null {
  const setting = new RegExp(`(?<![\\w$.-])["']?${name}["']?\\s{0,9}[:=]\\s{0,9}["']?(\\d{1,20})(?![\\w.])`)
  return setting.exec(text)?.[1] ?? null
}
