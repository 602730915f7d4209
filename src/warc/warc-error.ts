/** A WARC file that can't be read, or not to its end. */
export class WarcError extends Error {
  override readonly name = 'WarcError'
}
