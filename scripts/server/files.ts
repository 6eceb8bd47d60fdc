import { Router } from 'express'
import sirv from 'sirv'

const YEAR_S = 31_536_000
const HOUR_S = 3600

/**
 * The built files, packed ahead of time. They carry only the headers that mean something for a file, since a page loads
 * several and headers are not compressed.
 */
export function files(folder = 'build/client'): Router {
  const setHeaders = (response: { setHeader: (name: string, value: string) => void }) => {
    response.setHeader('X-Content-Type-Options', 'nosniff')
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  }
  const packed = { brotli: true, gzip: true, etag: true, setHeaders }
  const router = Router()
  router.use((_request, response, next) => {
    // A newer build may have taken a file away since this server started: that answer breaks off, the server must not.
    response.on('pipe', (file: NodeJS.ReadableStream) => file.once('error', () => response.destroy()))
    next()
  })
  router.use('/assets', sirv(`${folder}/assets`, { ...packed, immutable: true, maxAge: YEAR_S }))
  router.use('/assets', (_request, response) => {
    response.status(404).type('text/plain').send('This file belongs to an older version. Load the page again.')
  })
  router.use(sirv(folder, { ...packed, maxAge: HOUR_S }))
  return router
}
