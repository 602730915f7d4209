/** Reads lines and counted octets from a stream of chunks. */
export class OctetReader {
  readonly #chunks: AsyncIterator<Uint8Array>
  #held: Buffer = Buffer.alloc(0)

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#chunks = stream[Symbol.asyncIterator]()
  }

  /** The next line without its end, as Latin-1 that no octet is lost in; null at the end of the stream. */
  async line(longest: number): Promise<string | null> {
    let end = this.#held.indexOf(NEWLINE)
    while (end < 0 && this.#held.length <= longest) {
      const searched = this.#held.length
      if (!(await this.#more())) break
      end = this.#held.indexOf(NEWLINE, searched)
    }
    if (end < 0) {
      if (this.#held.length === 0) return null
      end = this.#held.length
    }
    const line = this.#held.toString('latin1', 0, Math.min(end, longest))
    this.#held = this.#held.subarray(end + 1)
    return line.endsWith('\r') ? line.slice(0, -1) : line
  }

  /** So many octets, in memory of their own; null when the stream ends before. */
  async take(count: number): Promise<Uint8Array | null> {
    const octets = new Uint8Array(count)
    const isWhole = await this.#pass(count, (chunk, offset) => octets.set(chunk, offset))
    return isWhole ? octets : null
  }

  /** Passes over so many octets. @returns false when the stream ends before. */
  async skip(count: number): Promise<boolean> {
    return this.#pass(count, () => undefined)
  }

  async #pass(count: number, use: (chunk: Uint8Array, offset: number) => void): Promise<boolean> {
    for (let done = 0; done < count;) {
      if (this.#held.length === 0 && !(await this.#more())) return false
      const chunk = this.#held.subarray(0, count - done)
      use(chunk, done)
      done += chunk.length
      this.#held = this.#held.subarray(chunk.length)
    }
    return true
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next()
    if (next.done === true) return false
    this.#held = this.#held.length === 0 ? Buffer.from(next.value) : Buffer.concat([this.#held, next.value])
    return true
  }
}

const NEWLINE = 0x0a
