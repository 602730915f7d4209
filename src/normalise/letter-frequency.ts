/**
 * One-byte encodings of scripts other than Latin. Windows and ISO encodings of Hebrew, Greek and
 * Arabic share the places of nearly all letters, so that the Windows one reads both.
 */
const encodings = [
  'windows-1251',
  'koi8-u',
  'iso-8859-5',
  'ibm866',
  'x-mac-cyrillic',
  'windows-1253',
  'windows-1255',
  'windows-1256',
] as const

/**
 * Letters per thousand in running text of each script. Russian stands for Cyrillic; letters that only
 * Ukrainian and Belarusian have come in with a small share.
 */
const letterShares: ReadonlyMap<string, number> = new Map([
  ...shares(
    'о110 е85 а80 и74 н67 т63 с55 р47 в45 л44 к35 м32 д30 п28 у26 я20 ы19 ь17 г17 з16 б16 ч14 й12 х10',
  ),
  ...shares('ж9 ш7 ю6 ц5 щ4 э3 ф3 ъ3 ё2 і10 ї3 є3 ў2 ґ1'),
  ...shares('י110 ה105 ו104 ל74 א63 ר56 ת50 ב47 ש45 מ45 ע32 נ30 ד26 ם25 ח25 ק21 כ20 פ17 ס15 ט12 ג12 צ12'),
  ...shares('ן12 ז10 ך8 ף3 ץ2'),
  ...shares('α100 ο80 τ78 ι75 ε70 ν62 η42 υ42 ρ40 σ40 κ40 π40 ς38 μ33 ί30 λ29 ό25 ά22 έ20 ω18 ή18 γ17 δ17'),
  ...shares('ύ14 θ12 χ11 ώ10 φ9 β8 ξ5 ζ4 ψ2'),
  ...shares('ا125 ل118 ي68 م63 و60 ن58 ر47 ت44 ب37 ة34 ع33 د30 س28 ف27 ه27 ك22 أ22 ق22 ح19 ج13 ش12 ص11'),
  ...shares('ى11 إ9 خ9 ط9 ز7 ذ7 ض6 ث6 غ5 ئ4 ء4 آ2 ظ2 ؤ1'),
])

/** Of a character that no text of these scripts should hold inside its words. */
const strangeShare = 0.02

/** A capital inside a word is rare; in a wrong encoding half of the letters are capitals. */
const innerCapitalShare = 0.2

/** Mean natural logarithm of the shares per thousand; running text lies above 3.3. */
const plausible = 2.4

/** So few letters say nothing. */
const fewestLetters = 6

/**
 * Which encoding makes the likeliest text of these words, by how often their letters occur and where
 * their capitals stand; null when none makes a plausible one.
 */
export function likeliestEncoding(words: Uint8Array): string | null {
  const rated = encodings
    .map((encoding) => ({ encoding, likelihood: likelihoodOf(new TextDecoder(encoding).decode(words)) }))
    .toSorted((a, b) => b.likelihood - a.likelihood)
  const best = rated[0]
  if (best === undefined || best.likelihood < plausible) return null
  return best.encoding === 'koi8-u' ? koi8Variant(words) : best.encoding
}

function likelihoodOf(text: string): number {
  let sum = 0
  let letters = 0
  let isInWord = false
  for (const character of text) {
    if (character === ' ') {
      isInWord = false
      continue
    }
    sum += Math.log(shareOf(character, isInWord))
    letters += 1
    isInWord = true
  }
  return letters < fewestLetters ? Number.NEGATIVE_INFINITY : sum / letters
}

function shareOf(character: string, isInWord: boolean): number {
  const lower = character.toLowerCase()
  const share = letterShares.get(lower) ?? strangeShare
  return isInWord && lower !== character ? share * innerCapitalShare : share
}

/** KOI8-U is KOI8-R with the Ukrainian letters in the place of eight box-drawing characters. */
function koi8Variant(words: Uint8Array): string {
  return /[ґєії]/iu.test(new TextDecoder('koi8-u').decode(words)) ? 'koi8-u' : 'koi8-r'
}

function shares(listed: string): [string, number][] {
  return listed.split(' ').map((entry) => [entry.slice(0, 1), Number(entry.slice(1))])
}
