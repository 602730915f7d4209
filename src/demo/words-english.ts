import type { Lexicon, Topic } from './lexicon.ts'

const topics: readonly Topic[] = [
  {
    section: 'transport',
    tags: ['Trams', 'Public transport'],
    stories: [
      {
        title: 'Tram line to {neighbour} to reopen after {count} weeks of repairs',
        lead: 'The tram line between {place} and {neighbour} will carry passengers again from {weekday}, after {count} weeks of repairs, {official.role} {official} told reporters at the depot.',
        details: [
          'Workers replaced {hundreds} metres of rail and moved a stop that had stood on a blind bend since {year}.',
          'The first service leaves the depot at {hour}:15 and runs every {n} minutes until the shops close.',
        ],
      },
      {
        title: '{place} closes its old bridge to lorries & coaches',
        lead: 'Drivers heading for {neighbour} will have to take the ring road from {weekday}, because engineers found cracks in {count} of the supports that hold up the bridge {place.in}.',
        details: [
          'Cars and bicycles may still cross, at the speed of a brisk walk.',
          'The supports were last looked at in {year}, by a firm that no longer exists.',
        ],
      },
    ],
  },
  {
    section: 'environment',
    tags: ['River', 'Wildlife'],
    stories: [
      {
        title: 'Otters are back in the river {place.of}, survey finds',
        lead: 'Volunteers who walked {n} kilometres of riverbank {place.in} found fresh traces of otters at {count} places, the first since {year}.',
        details: [
          'The survey covered both banks as far as {neighbour} and took {n} evenings.',
          'Anglers were asked to keep {hundreds} metres away from the reeds until the young have left the holt.',
        ],
      },
      {
        title: 'Storm takes {count} metres of beach near {place}',
        lead: 'High water swept away {count} metres of the beach that shelters {place} from the open sea, and the council wants to plant marram grass before the next storm.',
        details: [
          'The kiosk at the foot of the dunes, built in {year}, now stands on legs in the surf.',
          'Seed for the grass comes from {neighbour}, where it has held the sand for {n} winters.',
        ],
      },
    ],
  },
  {
    section: 'business',
    tags: ['Jobs', 'Industry'],
    stories: [
      {
        title: 'Glassworks {place.in} takes on {count} apprentices',
        lead: 'The glassworks {place.in} will train {count} young people from {weekday}, its largest intake since {year}, after an order for {hundreds} lamp shades came in from {neighbour}.',
        details: [
          'Turnover rose by {percent} per cent last year, while the price of gas fell by {percent}.',
          'The works council had asked for twice as many places; the owners first offered half.',
        ],
      },
      {
        title: 'Market hall {place.of} finds a buyer at last',
        lead: 'A cooperative of {count} farmers has bought the market hall {place.of} and promises to keep the rents for stalls where they are.',
        details: [
          'The hall has {n} stalls, of which fewer than half were let last winter.',
          'Cheese and apples from {neighbour} are to be sold under one roof from {weekday}.',
        ],
      },
    ],
  },
  {
    section: 'culture',
    tags: ['Theatre', 'Festivals'],
    stories: [
      {
        title: '"All of them, please": puppet theatre {place.of} opens after {count} years',
        lead: 'The curtain rises on {weekday} {place.in}, where a company of puppeteers has spent {count} years turning a former brewery into a theatre for {hundreds} people.',
        details: [
          'Tickets cost what visitors want to pay, and the first {hundreds} were gone by noon.',
          'The oldest puppet was carved in {year} and still has its original strings.',
        ],
      },
      {
        title: 'Library {place.in} lends out violins, saws and a loom',
        lead: 'Anyone with a library card can now borrow an instrument {place.in}: {count} violins, a harp and a loom wait in what used to be the map room.',
        details: [
          'The saws are for the workshop next door, where {n} readers have built a boat.',
          'Fines stay what they were in {year}; only broken strings cost more.',
        ],
      },
    ],
  },
  {
    section: 'council',
    tags: ['Council', 'Budget'],
    stories: [
      {
        title: 'Council {place.of} votes for warmer schools & later bells',
        lead: 'With a majority of {count} the council {place.of} decided on {weekday} evening to insulate every school by the end of the decade and to start lessons half an hour later.',
        details: [
          'The motion came from {official.role} {official}, who had collected {hundreds} signatures for it.',
          'Parents in the gallery clapped until the chair threatened to clear the room.',
        ],
      },
      {
        title: "{place} can't agree on a place for its swimming pool, again",
        lead: 'It was the third attempt, and it failed like the other two: the council {place.of} could not agree on {weekday} where the new swimming pool should stand.',
        details: [
          'The old one has been closed since {year}, when its roof gave way under snow.',
          'A working group with {count} members is to report before the summer break.',
        ],
      },
    ],
  },
]

/** English news from towns that are on no map, and the readers who know better. */
export const english: Lexicon = {
  language: 'en',
  sections: [
    { slug: 'transport', name: 'Transport' },
    { slug: 'environment', name: 'Environment' },
    { slug: 'business', name: 'Business' },
    { slug: 'culture', name: 'Arts & Culture' },
    { slug: 'council', name: 'Council' },
  ],
  places: [
    'Harrowmouth',
    'Little Tamsin',
    'Oxcombe',
    'Brindlewick',
    'Saint Orrin',
    'Kelderby',
    'Northfell',
    'Wexley Bay',
    'Amberford',
    'Dunmarrow',
    'Pellsea',
    'Upper Quill',
  ].map((name) => ({ name, in: `in ${name}`, of: `of ${name}` })),
  officials: [
    { name: 'Maud Ferrin', role: 'deputy mayor' },
    { name: 'Osric Tallow', role: 'harbour master' },
    { name: 'Bettina Crane', role: 'councillor' },
    { name: 'Ned Quillfeather', role: 'station manager' },
    { name: 'Ines Okoro', role: 'chief engineer' },
    { name: 'Walter Sprigg', role: 'head teacher' },
    { name: 'Priya Lantern', role: 'ecologist' },
    { name: 'Jonah Merrow', role: 'shop steward' },
  ],
  weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
  topics,
  details: [
    'The work will cost about {hundreds} thousand crowns, of which the region pays {percent} per cent.',
    'Some {hundreds} households between {place} and {neighbour} received a letter about it last week.',
    'A public meeting is planned for {weekday} at {hour}:30 in the old customs house.',
    'Similar plans {neighbour.in} were dropped in {year}, after {n} objections.',
    'Residents have until the end of the month to look at the drawings, which hang in the post office.',
    'The figures come from a report of {hundreds} pages that was published without much noise on {weekday}.',
  ],
  statements: [
    '"Nobody believed that we would get this far," said {official}, "and I was not sure of it either."',
    '"It\'s a good day {place.in}," {official} said. "Tomorrow we count the money."',
    '{witness.role} {witness} was more careful: "Ask me again when it is standing & paid for."',
    '"My grandmother waited for this, and she wasn\'t a patient woman," {witness} told our reporter.',
    '{official.role} {official} spoke of "a small step with wet feet" and declined to name a date.',
  ],
  background: [
    'The place has been argued over since {year}, when a flood carried off the wooden pier and {n} boats.',
    'Between {year} and now the population {place.of} shrank by {percent} per cent; for {n} months it has been growing again.',
    'Critics, among them {witness.role} {witness}, point to {neighbour}, where costs rose by {percent} per cent within a year.',
    'Whether the weather plays along is another matter - the almanac promises {n} days of rain.',
  ],
  correction:
    'Correction: an earlier version of this report gave {hundreds} as the number of households; it is {hundreds}.',
  writers: ['Agnes Pell', 'Tobias Rook', 'Leila Marchbanks', 'Henry Oduya', 'Cora Winterbourne'],
  members: [
    { name: 'saltmarsh', display: 'Harriet' },
    { name: 'Ned', display: null },
    { name: 'tramspotter77', display: 'Colin from Kelderby' },
    { name: 'M. Abernathy', display: null },
    { name: 'greta_w', display: 'Greta' },
    { name: 'Finn & Daughter', display: null },
    { name: 'guest', display: null },
    { name: 'Old Bargeman', display: 'Walter the Elder' },
    { name: 'kite-season', display: null },
    { name: 'Zoë', display: 'Zoë Lind' },
  ],
  guests: ['Passer-by', 'Ann Lee', 'R. Tumble', 'A reader in Pellsea'],
  opinions: [
    'I took that road every morning for {n} years and nobody asked me.',
    'About time, {place} has waited long enough.',
    'Where will the money come from? The same council could not afford {n} benches last winter.',
    'My cousin works there and says the report is wrong about the {percent} per cent.',
    'Good news for once, thank you for writing about it.',
    'They promised the same {neighbour.in}, and look how that ended.',
    'Could someone explain why it takes {n} months to paint a railing?',
    'I was at the meeting. {official} left before the questions started.',
    'The photographs from {year} show that it was much wider then.',
    'We should be glad that anything happens here at all.',
    'Not one word about cyclists, as usual.',
    'I counted {n} people at the stop this morning, all of them wet.',
  ],
  replies: [
    'That is not what the report says, read the third paragraph again.',
    'Exactly my thought, and I live {n} steps away from it.',
    'You may be right, but who checks the numbers?',
    'No. It was {year}, I still have the newspaper.',
    "Let's meet there on {weekday} and count together.",
    'Thank you, I had not known that!',
    'Strange, {neighbour.in} it took half as long.',
  ],
  awkward: [
    'R&D there means "rust & delay"...',
    'If cost < benefit, build it; if cost > benefit, build it twice.',
    'Well done 👏🏽 see you at the opening 🎉',
    "It's the 'temporary' bridge from {year} - still <b>not</b> bold enough.",
  ],
  afterthought: 'Edit: I have looked it up since, and it was {n}.',
}
