import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'

/** A command as a page or a help text shows it. */
export interface DocumentedCommand {
  /** The page, or the job whose help it is. */
  readonly where: string
  /** As it is printed, without comments. */
  readonly line: string
  /** What the lines before it set for it, and what stands before it in its own line. */
  readonly environment: Readonly<Record<string, string>>
  /** The npm script; null for other programs. */
  readonly script: string | null
  /** What is handed to the script. */
  readonly flags: readonly string[]
}

const project = fileURLToPath(new URL('../../', import.meta.url))
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(`${project}docs`)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

const textOf = (page: string): string => readFileSync(project + page, 'utf8')

/** All that stands in blocks of shell commands. */
export const blockCommands = (): DocumentedCommand[] =>
  pages.flatMap((page) =>
    [...textOf(page).matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block = '']) => commandsOf(page, block)),
  )

/** The examples of a job's `--help`. */
export function helpCommands(script: string, command: Command): DocumentedCommand[] {
  let text = ''
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp()
  return commandsOf(`help of ${script}`, text.split(/^Examples?:$/m)[1] ?? '')
}

/** What is named in passing, between backticks; it may leave out values. */
export const namedCommands = (): DocumentedCommand[] =>
  pages.flatMap((page) =>
    [...textOf(page).matchAll(/`(npm run [a-z][^`]*)`/g)].flatMap(([, line = '']) =>
      commandsOf(page, line.replaceAll(/\s+/g, ' ').replaceAll(/[[\]]/g, '')),
    ),
  )

function commandsOf(where: string, block: string): DocumentedCommand[] {
  const set: Record<string, string> = {}
  const found: DocumentedCommand[] = []
  for (const line of block.split(/\n|&&/).map(withoutComment)) {
    if (line === '') continue
    const [first, ...words] = wordsOf(line)
    // What a program is asked for is not known here.
    if (first === 'export') Object.assign(set, line.includes('$(') ? {} : settingsOf(words))
    else found.push(commandOf(where, line, wordsOf(line), set))
  }
  return found
}

function commandOf(
  where: string,
  line: string,
  words: readonly string[],
  set: Readonly<Record<string, string>>,
): DocumentedCommand {
  const start = words.findIndex((word) => !/^\w+=/.test(word))
  const pipe = words.indexOf('|')
  const [program, ...rest] = words.slice(start, pipe === -1 ? undefined : pipe)
  const [run, script = null, separator, ...flags] = rest.filter((word) => word !== '--silent')
  const isScript = program === 'npm' && run === 'run' && (separator === undefined || separator === '--')
  return {
    where,
    line,
    environment: { ...set, ...settingsOf(words.slice(0, start)) },
    script: isScript ? script : null,
    flags: isScript ? flags : [],
  }
}

/** Of `NAME=value`. */
const settingsOf = (words: readonly string[]): Record<string, string> =>
  Object.fromEntries(words.map((word) => [word.split('=')[0] ?? '', word.replace(/^\w+=/, '')]))

const withoutComment = (line: string): string => line.replace(/(^|\s)#.*$/, '').trim()

/** As a shell splits a line: at white space that is not within double quotes. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/(?:[^\s"]+|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''))
