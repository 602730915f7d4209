import type { Argument, Command, Option } from 'commander'

/** Something that can be typed next, and what it is for. */
export interface Word {
  readonly word: string
  readonly about: string
}

/** What can be typed next. No words and no files: anything. */
export interface Offer {
  readonly words: readonly Word[]
  readonly files: boolean
}

/** What a shell has to know of a job to complete it. */
export interface CompletedJob {
  /** As it is typed after `npm run`. */
  readonly script: string
  readonly about: string
  /** Flags, and what is known of the arguments. */
  readonly offer: Offer
  /** By each flag that wants a value. */
  readonly values: ReadonlyMap<string, Offer>
}

/** @param siteIds offered where a job takes sites: an argument or a flag that is named so. */
export function completedJob(script: string, command: Command, siteIds: readonly string[]): CompletedJob {
  const sites = siteIds.map((word) => ({ word, about: 'site' }))
  const flags = command.options.flatMap(({ long, description }) =>
    typeof long === 'string' ? [{ word: long, about: description }] : [],
  )
  const named = command.registeredArguments.flatMap((argument) => argumentWords(argument, sites))
  return {
    script,
    about: command.description(),
    offer: {
      words: [...named, ...flags, { word: '--help', about: 'display help for command' }],
      files: command.registeredArguments.some((argument) => isFile(argument.name())),
    },
    values: new Map(command.options.flatMap((option) => valueOf(option, sites))),
  }
}

function argumentWords(argument: Argument, sites: readonly Word[]): readonly Word[] {
  if (argument.name() === 'site') return sites
  return (argument.argChoices ?? []).map((word) => ({ word, about: '' }))
}

function valueOf(option: Option, sites: readonly Word[]): [string, Offer][] {
  const { long, flags, argChoices } = option
  if (typeof long !== 'string' || !(option.required || option.optional)) return []
  const choices = (argChoices ?? []).map((word) => ({ word, about: '' }))
  return [[long, { words: long === '--site' ? sites : choices, files: isFile(flags) }]]
}

/** As the placeholder says: `--out <file>`, `[page]`. */
const isFile = (placeholder: string): boolean => /\b(?:file|folder|page)\b/.test(placeholder)
