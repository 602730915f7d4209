import type { Random } from './random.ts'

/**
 * The words that one language's news and comments are made of. Sentences hold slots in braces:
 * `{place}` and `{place.in}` name a form of the article's place, `{n}` a number, and so on (see `fill`).
 */
export interface Lexicon {
  readonly language: string
  readonly sections: readonly Section[]
  readonly places: readonly Place[]
  readonly officials: readonly Official[]
  readonly weekdays: readonly string[]
  readonly topics: readonly Topic[]
  /** Sentences that fit every topic, for the middle and the end of an article. */
  readonly details: readonly string[]
  readonly statements: readonly string[]
  readonly background: readonly string[]
  readonly correction: string
  readonly writers: readonly string[]
  readonly members: readonly Member[]
  readonly guests: readonly string[]
  readonly opinions: readonly string[]
  readonly replies: readonly string[]
  /** Words with the characters that careless code breaks: `&`, `<`, quotation marks, emoji. */
  readonly awkward: readonly string[]
  readonly afterthought: string
}

export interface Section {
  readonly slug: string
  readonly name: string
}

/** `in` and `of` carry the preposition, because Russian inflects the name after it. */
interface Place {
  readonly name: string
  readonly in: string
  readonly of: string
}

interface Official {
  readonly name: string
  readonly role: string
}

/** `display` is the full name that a member typed into the profile, if any. */
interface Member {
  readonly name: string
  readonly display: string | null
}

export interface Topic {
  readonly section: string
  readonly tags: readonly string[]
  readonly stories: readonly Story[]
}

/** A headline with the sentences that go with it. */
export interface Story {
  readonly title: string
  readonly lead: string
  readonly details: readonly string[]
}

/** What stays the same all through one article: its place, its people, its days. */
export interface Scene {
  readonly place: Place
  readonly neighbour: Place
  readonly official: Official
  readonly witness: Official
  readonly weekday: string
  /** The number that the headline and the text share. */
  readonly count: number
}

export function drawScene(lexicon: Lexicon, random: Random): Scene {
  const [place, neighbour] = random.sample(lexicon.places, 2)
  const [official, witness] = random.sample(lexicon.officials, 2)
  if (!place || !neighbour || !official || !witness) {
    throw new RangeError(`the ${lexicon.language} lexicon needs two places and two officials`)
  }
  return {
    place,
    neighbour,
    official,
    witness,
    weekday: random.pick(lexicon.weekdays),
    count: drawNumber(random),
  }
}

/** From 5 to 99, but never such that Russian asks for another form of the noun than its plural genitive. */
function drawNumber(random: Random): number {
  return random.integer(0, 9) * 10 + random.integer(5, 9)
}

/** Puts the scene's words and fresh numbers into a sentence's slots. An unknown slot is an error. */
export function fill(sentence: string, scene: Scene, random: Random): string {
  const slots: Record<string, () => string> = {
    place: () => scene.place.name,
    'place.in': () => scene.place.in,
    'place.of': () => scene.place.of,
    neighbour: () => scene.neighbour.name,
    'neighbour.in': () => scene.neighbour.in,
    'neighbour.of': () => scene.neighbour.of,
    official: () => scene.official.name,
    'official.role': () => scene.official.role,
    witness: () => scene.witness.name,
    'witness.role': () => scene.witness.role,
    weekday: () => scene.weekday,
    count: () => String(scene.count),
    n: () => String(drawNumber(random)),
    hundreds: () => String(random.integer(11, 98) * 10),
    percent: () => String(random.integer(0, 4) * 10 + random.integer(5, 9)),
    year: () => String(random.integer(1961, 2019)),
    hour: () => String(random.integer(6, 22)),
  }
  const filled = sentence.replace(/\{([a-z.]+)\}/g, (_, slot: string) => {
    const value = slots[slot]
    if (!value) throw new RangeError(`no such slot: {${slot}} in "${sentence}"`)
    return value()
  })
  return filled.charAt(0).toUpperCase() + filled.slice(1)
}

const latinOf: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'c',
  ч: 'ch',
  ш: 'sh',
  щ: 'sch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
}

/** The part of an address that is made from a title: latin letters, digits and hyphens. */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[а-яё]/g, (letter) => latinOf[letter] ?? '')
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 70)
    .replace(/-$/, '')
}
