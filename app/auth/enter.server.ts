import type { Store } from '#db/store.server.ts'
import { browserCookie, readBrowserCookie } from './browser-cookie.server.ts'
import { becomeKnown } from './known-places.server.ts'
import { networkOf } from './network.ts'
import { openSession } from './session.server.ts'

/**
 * Signs a person in who has just made the account or set its password, and remembers browser and network as theirs.
 * Returns the Set-Cookie headers.
 */
export async function enter(store: Store, request: Request, address: string, userId: string): Promise<string[]> {
  const browser = await becomeKnown(store, userId, {
    network: networkOf(address),
    browser: readBrowserCookie(request),
  })
  return [await openSession(userId, request.headers.get('User-Agent') ?? ''), browserCookie(browser)]
}
