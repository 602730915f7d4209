// Runs Waline's own server on a free loopback port, which it tells its parent. Settings come by the environment.
import { createServer } from 'node:http'
import { createRequire } from 'node:module'

// Waline asks a server of its makers which ways there are to sign in; it is told here that there are none.
const signIn = '/sign-in'

let handle = null
const server = createServer((request, response) => {
  if (request.url?.startsWith(signIn)) {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"services":[]}')
  } else void handle?.(request, response)
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address()
  process.env['OAUTH_URL'] = `http://127.0.0.1:${port}${signIn}`
  handle = createRequire(import.meta.url)('@waline/vercel')({ env: 'vercel' })
  process.send?.({ port })
})
process.on('disconnect', () => process.exit(0))
