/** A mistake in the configuration of sites, or in how one was named; nothing was fetched yet. */
export class SiteError extends Error {
  override readonly name = 'SiteError'
  /** One line each, with file and field where there are such. */
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}
