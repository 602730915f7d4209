import type { z } from 'zod'
import { unreadable } from '../answers.ts'
import type { Answer, Batch } from '../platform.ts'

/** A node of a tree in an answer, with the one that it is below. */
export interface Placed<Node> {
  readonly node: Node
  readonly parent: Node | null
}

export interface Tree<Node> {
  readonly placed: readonly Placed<Node>[]
  /** What a batch has to say where a node was of another shape, and left out with all that is below it. */
  readonly lost: Pick<Batch, 'incomplete'>
}

/**
 * The nodes of a tree of any depth, each after the one it is below, without recursion. `childrenOf` names what is below
 * a node.
 * @throws Failure `unreadable_answer` when there is not one node of the known shape.
 */
export function nodesOf<Schema extends z.ZodType>(
  roots: readonly unknown[],
  schema: Schema,
  childrenOf: (node: z.infer<Schema>) => readonly unknown[],
  from: { readonly platform: string; readonly answer: Answer },
): Tree<z.infer<Schema>> {
  type Node = z.infer<Schema>
  const placed: Placed<Node>[] = []
  const waiting: { given: unknown; parent: Node | null }[] = []
  let isShort = false
  pushLastFirst(waiting, roots, null)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const parsed = schema.safeParse(next.given)
    if (parsed.success) {
      placed.push({ node: parsed.data, parent: next.parent })
      pushLastFirst(waiting, childrenOf(parsed.data), parsed.data)
    } else if (next.given !== null) isShort = true
  }
  if (isShort && placed.length === 0) throw unreadable(from.platform, from.answer)
  return { placed, lost: isShort ? { incomplete: 'page_failed' } : {} }
}

function pushLastFirst<Node>(
  waiting: { given: unknown; parent: Node | null }[],
  nodes: readonly unknown[],
  parent: Node | null,
): void {
  for (let index = nodes.length - 1; index >= 0; index -= 1) waiting.push({ given: nodes[index], parent })
}
