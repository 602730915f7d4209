import { z } from 'zod'
import { count, flag, id, reference, text, time, listOf } from '../../json/fields.ts'

const place = z.object({ hasNextPage: flag, endCursor: text }).nullish().catch(null)

const node = z.object({
  id,
  body: text,
  createdAt: time,
  author: z
    .object({ id: reference, username: text, badges: listOf(z.string()) })
    .nullish()
    .catch(null),
  status: text,
  parent: z
    .object({ id })
    .nullish()
    .catch(null)
    .transform((parent) => parent?.id ?? null),
  replyCount: count,
  editing: z
    .object({ edited: flag })
    .nullish()
    .catch(null)
    .transform((editing) => editing?.edited ?? false),
  actionCounts: z
    .object({ reaction: z.object({ total: count }) })
    .nullish()
    .catch(null)
    .transform((counts) => counts?.reaction.total ?? null),
  tags: listOf(z.object({ code: text }).transform(({ code }) => code)),
  deleted: flag,
})

const connectionOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ edges: z.array(z.object({ node: item })), pageInfo: place })

const root = node.extend({ replies: connectionOf(node).nullish().catch(null) })

export const storyAnswer = z.object({
  data: z.object({
    story: z
      .object({
        isClosed: flag,
        commentCounts: z.object({ totalPublished: count }).nullish().catch(null),
        comments: connectionOf(root),
      })
      .nullable(),
  }),
})

export const repliesAnswer = z.object({
  data: z.object({ comment: z.object({ replies: connectionOf(node) }).nullable() }),
})

export const countAnswer = z.object({ count: z.number().int() })

export const failed = z.object({
  errors: z
    .array(
      z.object({
        message: text,
        extensions: z.object({ code: text, id: text }).partial().nullish().catch(null),
      }),
    )
    .min(1),
})

export type Node = z.infer<typeof node>
export type Root = z.infer<typeof root>
