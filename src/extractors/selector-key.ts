import { AttributeAction, isTraversal, type Selector as Token, SelectorType } from 'css-what'
import type { Element } from 'domhandler'

/** One thing that every match of a selector has, by which the few candidates of a page are found. */
export interface SelectorKey {
  readonly kind: 'id' | 'class' | 'tag' | 'attribute' | 'any'
  /** The id, the class, or the name of the tag or attribute. */
  readonly name: string
}

const anyElement: SelectorKey = { kind: 'any', name: '' }
const rarestFirst: readonly SelectorKey['kind'][] = ['id', 'class', 'tag', 'attribute']

/** The key of one alternative of a selector: of what its last compound asks for, the rarest. */
export function keyOf(alternative: readonly Token[]): SelectorKey {
  const last = alternative.slice(alternative.findLastIndex(isTraversal) + 1)
  const keys = last.map(keyOfToken).filter((key) => key !== null)
  for (const kind of rarestFirst) {
    const key = keys.find((candidate) => candidate.kind === kind)
    if (key !== undefined) return key
  }
  return anyElement
}

function keyOfToken(token: Token): SelectorKey | null {
  if (token.type === SelectorType.Tag) return { kind: 'tag', name: token.name.toLowerCase() }
  if (token.type !== SelectorType.Attribute || token.action === AttributeAction.Not) return null
  const { action, ignoreCase, value } = token
  const name = token.name.toLowerCase()
  if (ignoreCase === true || value === '') return { kind: 'attribute', name }
  if (name === 'id' && action === AttributeAction.Equals) return { kind: 'id', name: value }
  if (name === 'class' && action === AttributeAction.Element && !/\s/.test(value))
    return { kind: 'class', name: value }
  return { kind: 'attribute', name }
}

/** Whether an element may have what the key names; a class is only looked for as part of the names. */
export function mayHave({ name, attribs }: Element, key: SelectorKey): boolean {
  switch (key.kind) {
    case 'id':
      return attribs['id'] === key.name
    case 'class':
      return attribs['class']?.includes(key.name) === true
    case 'tag':
      return name === key.name
    case 'attribute':
      return attribs[key.name] !== undefined
    case 'any':
      return true
  }
}
