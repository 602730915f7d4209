import { z } from 'zod'
import { parseRobots } from '../../src/crawlers/fetch/robots.ts'
import { type CorpusCase, type CorpusDriver, readFiles, runCases } from './corpus.ts'

const caseShape = z.object({
  test: z.string(),
  robots_latin1: z.string(),
  agent: z.string(),
  url_latin1: z.string(),
  allowed: z.boolean(),
})

/** Google's cases for its parser: those named ID_ are of RFC 9309, the others of Google's own habits. */
export const robotsCorpus: CorpusDriver = async (folder) => {
  const files = await readFiles(folder)
  const cases = files.flatMap(({ bytes }) =>
    bytes
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => caseShape.parse(JSON.parse(line))),
  )
  const toRun = (isStandard: boolean): CorpusCase[] =>
    cases.filter(({ test }) => test.startsWith('ID_') === isStandard).map(robotsCase)
  return [
    await runCases('robots: RFC 9309', toRun(true)),
    await runCases("robots: Google's own", toRun(false), 0.95),
  ]
}

function robotsCase({
  test,
  robots_latin1,
  agent,
  url_latin1,
  allowed,
}: z.infer<typeof caseShape>): CorpusCase {
  return {
    name: test,
    run: () => {
      const rules = parseRobots(Buffer.from(robots_latin1, 'latin1'), agent)
      const isRight = rules.allows(url_latin1) === allowed
      return isRight
        ? null
        : `${url_latin1} is to be ${allowed ? 'allowed' : 'refused'} by ${JSON.stringify(robots_latin1)}`
    },
  }
}
