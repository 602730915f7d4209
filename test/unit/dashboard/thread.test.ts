import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { branchesOf } from '../../../src/dashboard/parts/thread.ts'
import type { HeldComment } from '../../../src/db/reading/thread-page.ts'

function comment(id: number, parentId: number | null): HeldComment {
  return {
    id,
    nativeId: String(id),
    parentId,
    depth: 0,
    position: id,
    authorName: null,
    authorDisplay: null,
    authorBadges: [],
    publishedAt: null,
    publishedPrecision: null,
    bodyText: '',
    quotes: [],
    likes: null,
    dislikes: null,
    score: null,
    state: 'visible',
    isEdited: false,
    isPinned: false,
    isPicked: false,
    isPing: false,
    revision: 1,
    permalink: null,
    firstSeenAt: new Date(0),
    changedAt: new Date(0),
    missingSince: null,
    removedAt: null,
    redactedAt: null,
    versions: [],
    changes: [],
  }
}

type Branch = ReturnType<typeof branchesOf>[number]

const idsOf = (branches: readonly Branch[]): number[] =>
  branches.flatMap(({ comment: { id }, replies }) => [id, ...idsOf(replies)])

const depthOf = (branches: readonly Branch[]): number =>
  branches.length === 0 ? 0 : 1 + Math.max(...branches.map(({ replies }) => depthOf(replies)))

it('nests replies under what they answer, and begins anew where that stands elsewhere', () => {
  const branches = branchesOf([comment(5, 1), comment(6, 5), comment(7, null), comment(8, 7)])
  expect(branches.map(({ comment: { id }, answers }) => [id, answers])).toEqual([
    [5, 'elsewhere'],
    [7, null],
  ])
  expect(idsOf(branches)).toEqual([5, 6, 7, 8])
  expect(branches[0]?.replies[0]?.answers).toBeNull()
})

it('shows each comment once and in order, however deep they go, without nesting deeper than browsers bear', () => {
  // Each comment answers an earlier one, or a comment that is not there, or nobody.
  const parents = fc.array(fc.nat(1000), { maxLength: 200 })
  fc.assert(
    fc.property(parents, fc.boolean(), (numbers, isChain) => {
      const comments = numbers.map((number, index) =>
        comment(index + 1, isChain && index > 0 ? index : number % 3 === 0 ? null : number % (index + 2)),
      )
      const branches = branchesOf(comments)
      expect(idsOf(branches).toSorted((a, b) => a - b)).toEqual(comments.map(({ id }) => id))
      expect(depthOf(branches)).toBeLessThanOrEqual(9)
      if (isChain) expect(idsOf(branches)).toEqual(comments.map(({ id }) => id))
    }),
  )
})
