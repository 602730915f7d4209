/*
 * Runs a PostgreSQL server for as long as whoever started this guard keeps its standard input open.
 * However that process ends, kill -9 included, the pipe closes, and the server and its folder go.
 *   node postgres-guard.mjs '{"command", "parameters", "folder", "uid"?, "gid"?}'
 */
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'

const { command, parameters, folder, ...identity } = JSON.parse(process.argv[2])
let isRestarting = false
let server = start()

function start() {
  const started = spawn(command, parameters, {
    ...identity,
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    stdio: 'ignore',
  })
  started.once('error', () => end(1))
  started.once('exit', (code) => {
    if (!isRestarting) return end(code ?? 1)
    isRestarting = false
    server = start()
  })
  return started
}

// Fast shutdown: sessions are ended, not waited for.
const stop = () => {
  isRestarting = false
  server.kill('SIGINT')
}
// Whatever is told is `crash`: the server ends without writing anything more, and recovers at its next start.
process.stdin.on('data', () => {
  isRestarting = true
  server.kill('SIGQUIT')
})
process.stdin.once('end', stop)
process.stdin.once('error', stop)
// Ctrl-C reaches the whole process group; the guard stays until its server is gone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)

function end(code) {
  rmSync(folder, { recursive: true, force: true })
  process.exit(code)
}
