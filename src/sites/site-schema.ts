import { IANAZone } from 'luxon'
import { validate } from 'node-cron'
import { z } from 'zod'
import { selector as selectorOf } from '../extractors/selector.ts'

/** A CSS selector that compiles, optionally with `@attribute` at its end. */
const selector = z
  .string()
  .min(1)
  .refine(isSelector, { error: (issue) => `"${String(issue.input)}" is not a CSS selector` })

const webUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https address' })

const zone = z
  .string()
  .refine((name) => IANAZone.isValidZone(name), { error: 'must be an IANA zone such as Europe/Riga' })

const layout = z.strictObject({
  until: z.iso.date({ error: 'must be a day such as 2026-01-31' }).exactOptional(),
  title: selector.exactOptional(),
  subtitle: selector.exactOptional(),
  authors: selector.exactOptional(),
  published: selector.exactOptional(),
  modified: selector.exactOptional(),
  section: selector.exactOptional(),
  tags: selector.exactOptional(),
  image: selector.exactOptional(),
  body: selector.exactOptional(),
  drop: z.array(selector).exactOptional(),
})

const source = z.strictObject({
  kind: z.enum(['feed', 'sitemap', 'listing']),
  url: z.string().min(1),
})

/** What a site definition from outside must look like (`SiteDeclaration`); unknown fields are mistakes. */
export const siteSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/, {
    error: 'must be lower-case letters, digits, dots and hyphens',
  }),
  name: z.string().min(1),
  url: webUrl,
  family: z.string().min(1).nullable().exactOptional(),
  isFamilySource: z.boolean().exactOptional(),
  language: z.string().min(2).nullable().exactOptional(),
  timezone: zone.nullable().exactOptional(),
  sources: z.array(source).exactOptional(),
  layouts: z.array(layout).exactOptional(),
  comments: z.array(z.string().min(1)).exactOptional(),
  permittedPlatforms: z.array(z.string().min(1)).exactOptional(),
  platformKeys: z.record(z.string(), z.string().min(1)).exactOptional(),
  articlePath: z
    .string()
    .refine(isPattern, { error: 'is not a regular expression' })
    .nullable()
    .exactOptional(),
  schedule: z
    .string()
    .refine((expression) => validate(expression), { error: 'must be a cron expression such as */30 * * * *' })
    .exactOptional(),
  scheduleZone: zone.exactOptional(),
  delaySeconds: z.number().min(0).max(3_600).exactOptional(),
  connections: z.int().min(1).max(16).exactOptional(),
  usageWishes: z.enum(['obey', 'record']).exactOptional(),
  needsBrowser: z.boolean().exactOptional(),
  onRemoval: z.enum(['keep', 'redact', 'erase']).exactOptional(),
  redactAfterDays: z.number().min(0).max(36_500).exactOptional(),
  captureDays: z.number().min(1).max(36_500).exactOptional(),
  privacy: z.enum(['names', 'pseudonymise', 'nameless']).nullable().exactOptional(),
  nameDays: z.number().min(0).max(36_500).nullable().exactOptional(),
  commentDays: z.number().min(0).max(36_500).nullable().exactOptional(),
  runDays: z.number().min(1).max(36_500).nullable().exactOptional(),
  enabled: z.boolean().exactOptional(),
})

/** Whether a layout's `selector@attribute` compiles. */
export function isSelector(text: string): boolean {
  try {
    selectorOf(text.replace(/@[\w:-]+$/, ''))
    return true
  } catch (cause) {
    if (cause instanceof Error) return false
    throw cause
  }
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp
  } catch (cause) {
    if (cause instanceof SyntaxError) return false
    throw cause
  }
}
