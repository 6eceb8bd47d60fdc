/** The server. Built into build/programs/server.js, it serves the build; from its source with `--dev`, the sources with live reload. */
import './dotenv.ts'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express from 'express'
import { env } from '#app/env.server.ts'
import { log } from '#app/log.server.ts'
import { files } from './server/files.ts'
import { securityHeaders } from './server/headers.ts'
import { logRequests } from './server/logging.ts'
import { refuseForeign } from './server/origin.ts'
import { ratingEndpoints } from './server/rating.ts'

type Work = { checkStart: () => Promise<void>; startWork: () => void; stopWork: () => Promise<void> }
type Build = ServerBuild & { entry: { module: Work } }

const dev = process.argv.includes('--dev')
process.env.NODE_ENV ??= dev ? 'development' : 'production'

function settings() {
  try {
    return env()
  } catch (error) {
    console.error((error as Error).message)
    process.exit(78)
  }
}

async function main(): Promise<void> {
  const { port, host, appUrl, trustProxy } = settings()
  const app = express()
  app.disable('x-powered-by')
  // One proxy is trusted, the nearest: what further ones claim of an address, anybody can write.
  app.set('trust proxy', trustProxy ? 1 : false)
  app.use(logRequests())
  if (!dev) app.use(files())
  app.use((_request, response, next) => {
    response.locals.nonce = randomBytes(16).toString('base64')
    next()
  })
  app.use(securityHeaders({ https: appUrl.startsWith('https:'), dev }))
  app.use(refuseForeign(appUrl))

  let build: () => Promise<Build>
  if (dev) {
    const { createServer } = await import('vite')
    const vite = await createServer({ server: { middlewareMode: true } })
    app.use(vite.middlewares)
    build = () => vite.ssrLoadModule('virtual:remix/server-build') as Promise<Build>
  } else {
    const path = resolve('build/server/index.js')
    if (!existsSync(path)) {
      console.error('There is no build yet. Run `npm start`, which makes one, or `npm run build`.')
      process.exit(78)
    }
    const built = (await import(path)) as Build
    build = () => Promise.resolve(built)
  }
  app.use(compression())
  const answer = (from: Build | (() => Promise<Build>)) =>
    createRequestHandler({
      build: from,
      mode: process.env.NODE_ENV,
      getLoadContext: (request, response) => ({ nonce: response.locals.nonce as string, address: request.ip ?? '' }),
    })
  if (!dev) {
    const rating = ratingEndpoints(await build())
    app.post(rating.pattern, answer(rating.build))
  }
  app.all('*', answer(build))

  const { module: work } = (await build()).entry as unknown as { module: Work }
  await work.checkStart().catch((error: Error) => {
    console.error(error.message)
    process.exit(78)
  })
  const server = app.listen(port, host, () => {
    const address = server.address()
    const actual = typeof address === 'object' && address ? address.port : port
    log().info({ url: appUrl, port: actual }, 'serving')
    console.log(`Assay is at ${port === 0 ? `http://localhost:${actual}` : appUrl}`)
    work.startWork()
  })
  server.on('error', (error: NodeJS.ErrnoException) => {
    console.error(
      error.code === 'EADDRINUSE'
        ? `Port ${port} is taken by another program. Stop it, or choose another: PORT=${port + 1} npm start`
        : `The server cannot listen on ${host}:${port}: ${error.message}`,
    )
    process.exit(1)
  })

  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    log().info({ signal }, 'stopping')
    const force = setTimeout(() => process.exit(1), 10_000)
    force.unref()
    server.close()
    server.closeIdleConnections()
    await new Promise((done) => setTimeout(done, 50))
    server.closeIdleConnections()
    await work.stopWork()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

await main()
