import type { RequestHandler } from 'express'
import { log } from '#app/log.server.ts'

/** One line a request: what was asked, what was answered, how long it took. Never the query, which may hold a search. */
export function logRequests(): RequestHandler {
  return (request, response, next) => {
    const began = performance.now()
    response.on('finish', () => {
      const entry = {
        method: request.method,
        path: request.path.replace(/^(\/invitation\/)[^/.]+/, '$1…'),
        status: response.statusCode,
        ms: Math.round(performance.now() - began),
      }
      if (response.statusCode >= 500) log().error(entry, 'answered')
      else log().debug(entry, 'answered')
    })
    next()
  }
}
