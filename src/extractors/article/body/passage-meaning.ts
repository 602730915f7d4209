import type { Block } from '../page-outline.ts'
import type { ArticleFacts } from './findings.ts'
import {
  headingSigns,
  likenessTo,
  noWordSigns,
  passageText,
  PassageWords,
  wordSigns,
} from './passage-words.ts'

const longestRead = 400
const longestHeading = 80
/** Letters at the start of a passage within which a name is what the passage is about. */
const subjectLength = 80

/** What the words of passages say, beside what is known of the article and the headings that they stand under. */
export class PassageMeaning {
  readonly #facts: ArticleFacts
  readonly #blocks: readonly Block[]
  readonly #likeTitle: (passage: PassageWords) => number
  readonly #likeDescription: (passage: PassageWords) => number
  #underHeading: readonly number[] = headingSigns('')

  constructor(facts: ArticleFacts, blocks: readonly Block[]) {
    this.#facts = facts
    this.#blocks = blocks
    this.#likeTitle = likenessTo(facts.title)
    this.#likeDescription = likenessTo(facts.description)
  }

  /** Likeness to title and description, signs of its words, what it is about, what the heading above it says. */
  of(text: string): readonly number[] {
    const words = new PassageWords(text)
    return [
      this.#likeTitle(words),
      this.#likeDescription(words),
      ...(text.length <= longestRead ? wordSigns(text) : noWordSigns),
      this.#subjectOf(text),
      ...this.#underHeading,
    ]
  }

  /** Takes note of headings: what is marked up as one, or looks like one. */
  pass(passage: Block): void {
    if (passage.flowText > longestHeading) return
    if (headingLevel(passage) > 0 || emphasisOf(passage, this.#blocks) === emphasis.strong)
      this.#underHeading = headingSigns(passageText(passage))
  }

  /** 2 where a passage begins with who wrote the article, 1 with the site: so do notes at the end. */
  #subjectOf(text: string): number {
    const { authors, siteName } = this.#facts
    const isSubject = (name: string): boolean => {
      const at = text.indexOf(name)
      return at >= 0 && at + name.length <= subjectLength
    }
    if (authors.some(isSubject)) return 2
    return siteName !== null && isSubject(siteName) ? 1 : 0
  }
}

const emphasis = { none: 0, strong: 1, italic: 2, other: 3 } as const
const emphasisByTag: Readonly<Record<string, number>> = {
  b: emphasis.strong,
  strong: emphasis.strong,
  i: emphasis.italic,
  em: emphasis.italic,
}

/** How all of a passage's text is set off: 1 strong, 2 italic, 3 otherwise; 0 unless one inline element holds it. */
export function emphasisOf({ index, end, ownText, flow }: Block, blocks: readonly Block[]): number {
  const inside = blocks[index + 1]
  if (ownText > 0 || inside === undefined || inside.end !== end || inside.flow !== flow) return emphasis.none
  return emphasisByTag[inside.node.name] ?? emphasis.other
}

/** 1 to 6; 0 for what is no heading. */
export const headingLevel = ({ node: { name } }: Block): number =>
  name.length === 2 && name[0] === 'h' && name !== 'hr' ? Number(name[1]) : 0
