import { type Claims, noClaims } from './claims.ts'
import { tagsOf } from './linked-article.ts'
import { textOf } from '../element-text.ts'
import type { Block, PageOutline } from '../page-outline.ts'

const articleScope = /schema\.org\/(?:\w*Article|BlogPosting|Blog|WebPage|CreativeWork|Review|Report)$/i

const mostValues = 50

/**
 * Reads schema.org microdata (`itemprop`) of the page's article. What lies in another item, such as a comment
 * or a related article of its own, is not the article's.
 */
export function readMicrodata(outline: PageOutline): Claims {
  const { blocks, microdata } = outline
  const isArticles = (block: Block, property: RegExp): boolean =>
    property.test(block.node.attribs['itemprop'] ?? '') && isArticleScope(blocks, scopeAbove(blocks, block))
  const mark =
    microdata.find((block) => isArticles(block, /headline|articleBody/)) ??
    microdata.find((block) => isArticles(block, /datePublished|author/))
  const scope = mark === undefined ? undefined : scopeAbove(blocks, mark)
  if (scope === undefined) return noClaims
  const own = microdata.filter((block) => scopeAbove(blocks, block) === scope)
  const named = (property: string): Block[] =>
    own.filter(({ node }) => node.attribs['itemprop']?.split(/\s+/).includes(property) === true)
  const first = (property: string): string | null => {
    const block = named(property)[0]
    return block === undefined ? null : valueOf(block, outline)
  }
  return {
    ...noClaims,
    title: first('headline'),
    subtitle: first('alternativeHeadline'),
    authors: named('author')
      .slice(0, mostValues)
      .filter((block) => !isInComments(block, blocks))
      .map((block) => valueOf(block, outline)),
    published: first('datePublished') ?? first('dateCreated'),
    modified: first('dateModified'),
    section: first('articleSection'),
    tags: tagsOf(
      named('keywords')
        .slice(0, mostValues)
        .map((block) => valueOf(block, outline)),
    ),
    language: first('inLanguage'),
    imageUrl: first('image') ?? first('thumbnailUrl'),
    excerpt: first('description'),
  }
}

/** A comment's author is not the article's. */
function isInComments(block: Block, blocks: readonly Block[]): boolean {
  for (let around = blocks[block.parent]; around !== undefined; around = blocks[around.parent]) {
    if (around.node.name !== 'body' && around.kind.isCommentSection) return true
  }
  return false
}

function isArticleScope(blocks: readonly Block[], scope: number): boolean {
  const type = blocks[scope]?.node.attribs['itemtype']
  return scope === -1 || type === undefined || articleScope.test(type)
}

/** An element that opens an item is itself a property of the item around it. */
function scopeAbove(blocks: readonly Block[], block: Block): number {
  return block.scope === block.index ? (blocks[block.parent]?.scope ?? -1) : block.scope
}

function valueOf(block: Block, { microdata }: PageOutline): string {
  const { attribs } = block.node
  if (block.scope === block.index) {
    const name = microdata.find(
      (inner) => inner.scope === block.index && /^(?:name|url)$/.test(inner.node.attribs['itemprop'] ?? ''),
    )
    if (name !== undefined) return plainValue(name)
  }
  return attribs['content'] ?? plainValue(block)
}

function plainValue({ node }: Block): string {
  const { content, datetime, src, href } = node.attribs
  if (content !== undefined) return content
  if (datetime !== undefined) return datetime
  if (node.name === 'img') return src ?? ''
  return node.name === 'link' ? (href ?? '') : textOf(node)
}
