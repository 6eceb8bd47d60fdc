import type { RequestHandler } from 'express'
import { foreignMessage, isForeign } from '#app/auth/origin.ts'

/**
 * Refuses what another site makes a browser send, before anything reads it; the guard of each route refuses it again. What
 * passes carries this site's own address from here on: behind a proxy that keeps neither Host nor X-Forwarded-Host, Remix
 * would otherwise find that Origin and Host differ, and fail.
 */
export function refuseForeign(appUrl: string): RequestHandler {
  const { host } = new URL(appUrl)
  return (request, response, next) => {
    const { method, headers } = request
    const sent = { method, site: request.get('Sec-Fetch-Site') ?? null, origin: request.get('Origin') ?? null }
    if (isForeign(sent, appUrl)) {
      const message = foreignMessage(appUrl)
      response.status(403)
      if (request.accepts(['json', 'text']) === 'text') response.type('text/plain').send(message)
      else response.json({ problem: { code: 'forbidden', message, fields: {} } })
      return
    }
    if (sent.origin !== null) {
      headers.origin = appUrl
      headers.host = host
      delete headers['x-forwarded-host']
    }
    next()
  }
}
