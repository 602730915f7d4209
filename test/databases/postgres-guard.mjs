/*
 * Runs a PostgreSQL server for as long as whoever started this guard keeps its standard input open.
 * However that process ends, kill -9 included, the pipe closes, and the server and its folder go.
 *   node postgres-guard.mjs '{"command", "parameters", "folder", "uid"?, "gid"?}'
 */
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'

const { command, parameters, folder, ...identity } = JSON.parse(process.argv[2])
const server = spawn(command, parameters, {
  ...identity,
  cwd: folder,
  env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  stdio: 'ignore',
})

// Fast shutdown: sessions are ended, not waited for.
const stop = () => server.kill('SIGINT')
process.stdin.resume()
process.stdin.once('end', stop)
process.stdin.once('error', stop)
// Ctrl-C reaches the whole process group; the guard stays until its server is gone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)

const end = (code) => {
  rmSync(folder, { recursive: true, force: true })
  process.exit(code)
}
server.once('exit', (code) => end(code ?? 1))
server.once('error', () => end(1))
