import { cnxSoftware } from './cnx-software.ts'
import { dailyMaverick } from './daily-maverick.ts'
import { netzpolitik } from './netzpolitik.ts'
import type { Site } from './site.ts'
import { topcor, topcorEnglish } from './topcor.ts'
import { topwar, topwarEnglish } from './topwar.ts'

/** Every site that is declared here, sorted by id. */
export const sites: readonly Site[] = [
  cnxSoftware,
  dailyMaverick,
  netzpolitik,
  topcor,
  topcorEnglish,
  topwar,
  topwarEnglish,
]
