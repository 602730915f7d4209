import { addComment, publishArticle } from './compose.ts'
import { fill } from './lexicon.ts'
import {
  type DemoArticle,
  type DemoComment,
  type DemoSite,
  levelOf,
  repliesTo,
  visibleComments,
} from './model.ts'

const changeKinds = [
  'newArticles',
  'editedArticles',
  'newComments',
  'editedComments',
  'removedComments',
] as const

export type ChangeKind = (typeof changeKinds)[number]

export type ChangeCounts = Readonly<Record<ChangeKind, number>>

/** One thing that changed; `commentId` is null when it is the article itself. */
export interface Change {
  readonly site: string
  readonly kind: ChangeKind
  readonly articleUrl: string
  readonly commentId: string | null
}

/** What changed on all sites, counted by kind and site. The comments of a new article count as new. */
export interface ChangeReport {
  readonly at: Date
  readonly total: ChangeCounts
  readonly sites: Readonly<Record<string, ChangeCounts>>
  readonly changes: readonly Change[]
}

interface Touched {
  readonly kind: ChangeKind
  readonly article: DemoArticle
  readonly comment: DemoComment | null
}

/**
 * Lets some time go by on a site: a comment is deleted, one is edited, three are written, an article is
 * corrected and one is published. What there is nothing of is left out.
 */
export function changeSite(site: DemoSite, at: Date, urlOf: (article: DemoArticle) => string): Change[] {
  const old = [...site.articles]
  const removed = removeComment(site, at)
  const edited = editComment(site, at)
  const added = writeComments(site, old, at)
  const corrected = correctArticle(site, old, at)
  const touched = [...removed, ...edited, ...added, ...corrected, ...publish(site, at)]
  return touched.map(({ kind, article, comment }) => ({
    site: site.id,
    kind,
    articleUrl: urlOf(article),
    commentId: comment === null ? null : String(comment.id),
  }))
}

export function reportChanges(
  at: Date,
  siteIds: readonly string[],
  changes: readonly Change[],
): ChangeReport {
  const sites = siteIds.map((id) => [id, countChanges(changes.filter(({ site }) => site === id))] as const)
  return { at, total: countChanges(changes), sites: Object.fromEntries(sites), changes }
}

function countChanges(changes: readonly Change[]): ChangeCounts {
  const counts = { newArticles: 0, editedArticles: 0, newComments: 0, editedComments: 0, removedComments: 0 }
  for (const { kind } of changes) counts[kind] += 1
  return counts
}

/** The engines differ: a deleted comment takes its replies along, leaves a mark, or had no replies. */
function removeComment(site: DemoSite, at: Date): Touched[] {
  const { deletion } = site.habits
  const candidates = everyComment(site).filter(({ article, comment }) => {
    const isAnswered = visibleComments(article).some(
      ({ parent, quotes }) => parent === comment || quotes.some(({ of }) => of === comment),
    )
    return deletion === 'leaf' ? !isAnswered : repliesTo(comment, visibleComments(article)).length > 0
  })
  if (candidates.length === 0) return []
  const { article, comment } = site.random.pick(candidates)
  const gone = deletion === 'subtree' ? subtreeOf(comment, visibleComments(article)) : [comment]
  for (const one of gone) one.removedAt = at
  article.changedAt = at
  return gone.map((one) => ({ kind: 'removedComments', article, comment: one }))
}

function editComment(site: DemoSite, at: Date): Touched[] {
  const candidates = everyComment(site)
  if (candidates.length === 0) return []
  const { article, comment } = site.random.pick(candidates)
  comment.paragraphs.push(fill(site.lexicon.afterthought, article.scene, site.random))
  comment.editedAt = at
  article.changedAt = at
  return [{ kind: 'editedComments', article, comment }]
}

/** A remark and a reply in one thread, a remark in another. */
function writeComments(site: DemoSite, articles: readonly DemoArticle[], at: Date): Touched[] {
  const [article, other] = site.random.sample(articles, 2)
  if (!article) return []
  const open = visibleComments(article).filter(
    (comment) => !comment.isPing && levelOf(comment) < site.habits.depth,
  )
  const remark = addComment(site, article, null, at)
  const reply = addComment(site, article, open.at(-1) ?? remark, at)
  const added: Touched[] = [remark, reply].map((comment) => ({ kind: 'newComments', article, comment }))
  if (other) added.push({ kind: 'newComments', article: other, comment: addComment(site, other, null, at) })
  return added
}

function correctArticle(site: DemoSite, articles: readonly DemoArticle[], at: Date): Touched[] {
  if (articles.length === 0) return []
  const article = site.random.pick(articles)
  article.paragraphs.push(fill(site.lexicon.correction, article.scene, site.random))
  article.modifiedAt = at
  article.changedAt = at
  return [{ kind: 'editedArticles', article, comment: null }]
}

function publish(site: DemoSite, at: Date): Touched[] {
  const article = publishArticle(site, at)
  const comments = article.comments.map((comment) => ({ kind: 'newComments' as const, article, comment }))
  return [{ kind: 'newArticles', article, comment: null }, ...comments]
}

function everyComment({ articles }: DemoSite): { article: DemoArticle; comment: DemoComment }[] {
  return articles.flatMap((article) =>
    visibleComments(article)
      .filter(({ isPing }) => !isPing)
      .map((comment) => ({ article, comment })),
  )
}

/** Comments are in order of time, so that a reply always comes after what it answers. */
function subtreeOf(root: DemoComment, comments: readonly DemoComment[]): DemoComment[] {
  const found = new Set([root])
  for (const comment of comments) if (comment.parent !== null && found.has(comment.parent)) found.add(comment)
  return [...found]
}
