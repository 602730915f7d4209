/**
 * Mends faults of postgres.js 3.4.9 after it is installed, until a version without them is out. Where a connection
 * breaks, the driver may end the process with an exception that nobody can catch
 * (https://github.com/porsager/postgres/issues/1208, 1154, 1066), write to it never again, take the answer to one
 * statement for that to another, or do the rest of a transaction in a new session, outside of any. Here whatever was
 * to be done in the broken session fails, and the next session begins anew.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** By file: what stands there, and what is to stand there. */
const repairs = {
  'connection.js': [
    [
      '  function nextWrite(fn) {\n    const x = socket.write(chunk, fn)\n',
      `  function nextWrite(fn) {
    if (socket === null) {
      clearImmediate(nextWriteTimer)
      breakOff()
      return false
    }
    const x = socket.write(chunk, fn)
`,
    ],
    [
      '  async function closed(hadError) {\n',
      `  function breakOff() {
    const broken = errorResponse || Errors.connection('CONNECTION_CLOSED', options)
    query && queryError(query, broken)
    while (sent.length)
      queryError(sent.shift(), broken)
    chunk = nextWriteTimer = query = errorResponse = null
  }

  async function closed(hadError) {
`,
    ],
    [
      '    socket = null\n\n    if (initial)\n      return reconnect()\n',
      '    socket = null\n    stream && (stream.destroy(), stream = null)\n    breakOff()\n\n    if (initial)\n      return reconnect()\n',
    ],
  ],
  'index.js': [
    [
      '    let savepoints = 0\n      , connection\n',
      '    let savepoints = 0\n      , broken = null\n      , connection\n',
    ],
    [
      'new Promise((_, reject) => connection.onclose = reject)',
      `new Promise((_, reject) => connection.onclose = e => {
          broken = e
          while (queries.length)
            queries.shift().reject(e)
          reject(e)
        })`,
    ],
    [
      '        q.catch(e => uncaughtError || (uncaughtError = e))\n        c.queue',
      `        q.catch(e => uncaughtError || (uncaughtError = e))
        if (broken)
          return q.reject(broken)
        c.queue`,
    ],
  ],
}

for (const [name, ofFile] of Object.entries(repairs)) {
  const file = fileURLToPath(new URL(name, import.meta.resolve('postgres')))
  const found = readFileSync(file, 'utf8')
  let mended = found
  for (const [before, after] of ofFile) {
    if (mended.includes(after)) continue
    if (mended.split(before).length !== 2)
      throw new Error(
        `${file} is not what src/db/mend-driver.mjs mends; see whether postgres.js needs it still`,
      )
    mended = mended.replace(before, () => after)
  }
  if (mended === found) continue
  // Put in its place whole, for other checkouts may share the file.
  writeFileSync(`${file}.mended`, mended)
  renameSync(`${file}.mended`, file)
}
