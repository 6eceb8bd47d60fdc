/** The cookie by which a browser is known again at its next sign-in. It opens nothing (see throttle.ts). */
import { env } from '#app/env.server.ts'
import { REMEMBERED_MS } from './known-places.server.ts'

const isSecure = () => env().appUrl.startsWith('https:')
const nameOf = () => (isSecure() ? '__Host-assay-browser' : 'assay-browser')

/** The token in the request's cookie, or null. */
export function readBrowserCookie(request: Request): string | null {
  for (const part of (request.headers.get('Cookie') ?? '').split(';')) {
    const [name, value = ''] = part.trim().split('=')
    if (name === nameOf() && /^[\w-]{43}$/.test(value)) return value
  }
  return null
}

/** The Set-Cookie header that keeps the token. */
export const browserCookie = (token: string): string =>
  `${nameOf()}=${token}; Path=/; Max-Age=${REMEMBERED_MS / 1000}; HttpOnly; SameSite=Lax${isSecure() ? '; Secure' : ''}`
