import { z } from 'zod'
import { webAddress } from '../../../normalise/sanitise.ts'
import { storableCharacters } from '../../../normalise/text.ts'

/** Fields as the interfaces of comment servers give them: what is left out, null or of another type is no fault. */
export const text = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => value ?? '')

export const count = z
  .number()
  .nullish()
  .catch(null)
  .transform((value) => value ?? null)

export const flag = z
  .union([z.boolean(), z.number()])
  .nullish()
  .catch(null)
  .transform((value) => value === true || value === 1)

/** An address on the web; anything else counts as none, which is an empty text. */
export const address = text.transform((value) => webAddress(value, value) ?? '')

const storable = (value: string | number): string => storableCharacters(String(value))

/** An id that comes as text or as a number. */
export const id = z.union([z.string(), z.number().int()]).transform(storable).pipe(z.string().min(1))

/** The id of another comment: null, 0 and an empty text stand for none. */
export const reference = z
  .union([z.string(), z.number()])
  .nullish()
  .catch(null)
  .transform((value) => storable(value ?? ''))
  .transform((value) => (value === '' || value === '0' ? null : value))

/** A time as text or as a number of seconds or milliseconds since 1970. */
export const time = z
  .union([z.string(), z.number()])
  .nullish()
  .catch(null)
  .transform((value) => value ?? null)

/** A list in an answer; one that is missing, or that holds what it should not, is empty. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .catch(null)
    .transform((items) => items ?? [])
