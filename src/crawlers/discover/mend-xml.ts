import { load } from 'cheerio/slim'
import { Parser } from 'htmlparser2'

/** Feeds nest ten deep, with marked-up content some dozens; the parser's time grows with the square of the depth. */
const maxDepth = 200

/**
 * Well-formed XML from what a publisher sent: open elements closed, stray characters escaped.
 * @throws RangeError when elements nest too deep to be read in reasonable time.
 */
export function mendXml(xml: string): string {
  refuseDepth(xml)
  return load(xml, { xml: true }).xml()
}

function refuseDepth(xml: string): void {
  let depth = 0
  const parser = new Parser(
    {
      onopentagname() {
        depth += 1
        if (depth > maxDepth) throw new RangeError(`Elements nest more than ${maxDepth} deep`)
      },
      onclosetag() {
        depth -= 1
      },
    },
    { xmlMode: true },
  )
  parser.end(xml)
}
