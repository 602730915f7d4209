import { describe, expect, it } from 'vitest'
import { isSameNotice, saysNotFound } from '../../../src/extractors/article/not-found.ts'

it.each([
  'Page not found',
  'Error 404 | The Paper',
  'Seite nicht gefunden',
  'Страница не найдена',
  'Page introuvable - Le Journal',
  'Página no encontrada',
  'ページが見つかりませんでした',
])('%s says that there is no page', (title) => {
  expect(saysNotFound(title)).toBe(true)
})

it.each(['Ferry sails again', 'Budget grows by 404.5 million', 'Profits of 1,404 million', null])(
  '%s does not',
  (title) => {
    expect(saysNotFound(title)).toBe(false)
  },
)

describe('two pages are the same notice', () => {
  const words =
    'The page that you look for was moved or taken away. Try the search, or read what is new today.'
  const notice = (title: string, more = '') => ({ title, bodyText: words + more })
  it('when they differ in the address alone', () => {
    expect(isSameNotice(notice('Not found: /a-b'), notice('Not found: /c-d'))).toBe(true)
  })
  it('not when most of their words differ', () => {
    const other = {
      title: 'Ferry sails again',
      bodyText: 'The ferry to the islands left the harbour late today.',
    }
    expect(isSameNotice(notice('Not found'), other)).toBe(false)
    expect(isSameNotice({ title: null, bodyText: '' }, { title: null, bodyText: '' })).toBe(false)
  })
})
