import type { IndexedPage } from '../../../element-index.ts'
import { type LinkedNode, readJsonLd, textOfMember, typesOf } from '../../../article/fields/json-ld.ts'
import { selector } from '../../../selector.ts'
import { textContent } from 'domutils'

/** A comment as a JSON-LD block gives it. */
export interface LinkedComment {
  readonly id: string | null
  readonly parent: LinkedComment | null
  readonly author: string | null
  readonly published: string | null
  readonly text: string
  readonly likes: number | null
  readonly url: string | null
}

const scripts = selector('script[type="application/ld+json"]')
const mentions = /"@type"\s{0,5}:\s{0,5}\[?\s{0,5}"(?:[^"]{0,40}[/:])?(?:Comment|UserComments|Answer)"/
const owners =
  /^(?:\w*Article|BlogPosting|Blog|WebPage|\w*Page|DiscussionForumPosting|SocialMediaPosting|Question|Comment|Answer|UserComments|Report|Recipe|VideoObject|CreativeWork)$/
const members = ['comment', 'comments', 'suggestedAnswer', 'acceptedAnswer']
const mostComments = 10_000
const deepest = 100

/**
 * The comments in a page's JSON-LD, under an article, a question or a discussion. Each has a writer or a date: what has
 * neither is a testimonial or the answer to a question that nobody asked.
 */
export function linkedComments({ elements }: IndexedPage): LinkedComment[] {
  const texts = scripts
    .all(elements)
    .map(textContent)
    .filter((text) => mentions.test(text))
  if (texts.length === 0) return []
  const found: LinkedComment[] = []
  const seen = new Set<LinkedNode>()
  const waiting = readJsonLd(texts)
    .nodes.filter((node) => typesOf(node).some((type) => owners.test(type)))
    .map((node): Step => ({ node, parent: null, depth: 0 }))
    .toReversed()
  for (let step = waiting.pop(); step !== undefined && found.length < mostComments; step = waiting.pop()) {
    const { node, parent, depth } = step
    if (seen.has(node)) continue
    seen.add(node)
    const own = isReply(node) ? commentOf(node, parent) : null
    if (own !== null) found.push(own)
    const children = depth < deepest ? childrenOf(node).toReversed() : []
    for (const child of children) waiting.push({ node: child, parent: own ?? parent, depth: depth + 1 })
  }
  return found
}

interface Step {
  readonly node: LinkedNode
  readonly parent: LinkedComment | null
  readonly depth: number
}

function isReply(node: LinkedNode): boolean {
  return typesOf(node).some((type) => /^(?:Comment|UserComments|Answer)$/.test(type))
}

function childrenOf(node: LinkedNode): LinkedNode[] {
  return members.flatMap((member) => {
    const value = node[member]
    const values: unknown[] = Array.isArray(value) ? value : [value]
    return values.filter(isNode).filter(isReply)
  })
}

const isNode = (value: unknown): value is LinkedNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function commentOf(node: LinkedNode, parent: LinkedComment | null): LinkedComment | null {
  const text = firstOf(node, ['text', 'commentText', 'description'])
  const author = firstOf(node, ['author', 'creator'])
  const published = firstOf(node, ['dateCreated', 'datePublished', 'commentTime'])
  if (text === null || (author === null && published === null)) return null
  const url = firstOf(node, ['url', '@id'])
  const votes = Number(textOfMember(node['upvoteCount']) ?? Number.NaN)
  const likes = Number.isSafeInteger(votes) ? votes : null
  return {
    id: idIn(textOfMember(node['identifier'])) ?? idIn(url),
    parent,
    author,
    published,
    text,
    likes,
    url,
  }
}

function firstOf(node: LinkedNode, names: readonly string[]): string | null {
  for (const name of names) {
    const text = textOfMember(node[name])
    if (text !== null) return text
  }
  return null
}

/** The number that an address ends in: `…#comment-12`, `…/posts/12`. */
function idIn(text: string | null): string | null {
  return /(?:^|[/#=_-])([a-z]{0,3}\d[\w]{0,30})\/?$/i.exec(text ?? '')?.[1] ?? null
}
