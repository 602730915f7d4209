import {
  assert,
  property,
  array,
  constantFrom,
  date,
  option,
  record,
  uniqueArray,
  integer,
  shuffledSubarray,
} from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildTree, type TreeNode } from '../../../src/extractors/comments/tree.ts'

const at = (minute: number): Date => new Date(Date.UTC(2024, 0, 1, 0, minute))

const node = (nativeId: string, parentNativeId: string | null, minute: number | null = null): TreeNode => ({
  nativeId,
  parentNativeId,
  publishedAt: minute === null ? null : at(minute),
})

const readingOrder = (nodes: readonly TreeNode[]): string[] => [...buildTree(nodes).keys()]

const threads = uniqueArray(integer({ min: 1, max: 40 }).map(String), { maxLength: 30 }).chain((ids) =>
  array(
    record({
      parent: option(constantFrom(...ids, 'x', '99'), { nil: null }),
      publishedAt: option(date({ min: at(0), max: at(3), noInvalidDate: true }), { nil: null }),
    }),
    { minLength: ids.length, maxLength: ids.length },
  ).map((rows) =>
    rows.map((row, index) => ({
      nativeId: ids[index] ?? '',
      parentNativeId: row.parent,
      publishedAt: row.publishedAt,
    })),
  ),
)

describe('buildTree', () => {
  it('places replies under their parents, depth first, siblings by time', () => {
    const places = buildTree([
      node('4', '1', 5),
      node('3', '1', 9),
      node('2', null, 3),
      node('1', null, 1),
      node('5', '4', 20),
    ])
    expect([...places]).toEqual([
      ['1', { parentNativeId: null, rootNativeId: '1', depth: 0, position: 1 }],
      ['4', { parentNativeId: '1', rootNativeId: '1', depth: 1, position: 2 }],
      ['5', { parentNativeId: '4', rootNativeId: '1', depth: 2, position: 3 }],
      ['3', { parentNativeId: '1', rootNativeId: '1', depth: 1, position: 4 }],
      ['2', { parentNativeId: null, rootNativeId: '2', depth: 0, position: 5 }],
    ])
  })

  it('orders equal times by numeric id, then by text, and unknown times last', () => {
    const nodes = [
      node('b', null, 1),
      node('10', null, 1),
      node('9', null, 1),
      node('a', null, 1),
      node('2', null),
    ]
    expect(readingOrder(nodes)).toEqual(['9', '10', 'a', 'b', '2'])
    const huge = ['90071992547409931', '90071992547409930', '007']
    expect(readingOrder(huge.map((id) => node(id, null)))).toEqual(['007', huge[1], huge[0]])
  })

  it('makes a root of a reply whose parent is not in the thread', () => {
    expect(buildTree([node('7', '6')]).get('7')).toEqual({
      parentNativeId: null,
      rootNativeId: '7',
      depth: 0,
      position: 1,
    })
  })

  it('cuts cycles at their first member', () => {
    const places = buildTree([node('3', '2', 3), node('2', '1', 2), node('1', '3', 1), node('8', '8')])
    expect(places.get('1')?.parentNativeId).toBeNull()
    expect(places.get('2')?.parentNativeId).toBe('1')
    expect(places.get('3')).toEqual({ parentNativeId: '2', rootNativeId: '1', depth: 2, position: 3 })
    expect(places.get('8')?.parentNativeId).toBeNull()
  })

  it('holds a chain of 20,000 replies', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) =>
      node(String(index), index === 0 ? null : String(index - 1)),
    )
    expect(buildTree(chain.toReversed()).get('19999')).toEqual({
      parentNativeId: '19998',
      rootNativeId: '0',
      depth: 19_999,
      position: 20_000,
    })
  })

  it('does not depend on the order of the input', () => {
    const shuffled = threads.chain((nodes) =>
      shuffledSubarray(nodes, { minLength: nodes.length, maxLength: nodes.length }).map((other) => ({
        nodes,
        other,
      })),
    )
    assert(
      property(shuffled, ({ nodes, other }) => {
        expect([...buildTree(other)]).toEqual([...buildTree(nodes)])
      }),
    )
  })

  it('places every node once, parents before children, depths one apart', () => {
    assert(
      property(threads, (nodes) => {
        const places = buildTree(nodes)
        expect([...places.keys()].toSorted()).toEqual(nodes.map(({ nativeId }) => nativeId).toSorted())
        expect([...places.values()].map(({ position }) => position)).toEqual(
          nodes.map((_, index) => index + 1),
        )
        for (const [id, { parentNativeId, rootNativeId, depth, position }] of places) {
          const parent = parentNativeId === null ? null : places.get(parentNativeId)
          expect(parent === undefined).toBe(false)
          expect(depth).toBe(parent ? parent.depth + 1 : 0)
          expect(rootNativeId).toBe(parent ? parent.rootNativeId : id)
          if (parent) expect(parent.position).toBeLessThan(position)
        }
      }),
    )
  })

  it('keeps every parent that exists and closes no cycle', () => {
    assert(
      property(threads, (nodes) => {
        const older = nodes.filter(
          ({ nativeId, parentNativeId }) =>
            parentNativeId === null || Number(parentNativeId) < Number(nativeId),
        )
        const ids = new Set(older.map(({ nativeId }) => nativeId))
        const places = buildTree(older)
        for (const { nativeId, parentNativeId } of older) {
          const expected = parentNativeId !== null && ids.has(parentNativeId) ? parentNativeId : null
          expect(places.get(nativeId)?.parentNativeId).toBe(expected)
        }
      }),
    )
  })
})
