/** The network address a request came from, as the server saw it (behind a proxy: as TRUST_PROXY lets it). */
export const addressOf = (context: { address?: unknown }): string =>
  typeof context.address === 'string' ? context.address : ''

/** Only a path of this site is gone back to after signing in; anything else leads to the start. */
export const safePath = (to: string | null): string => (to !== null && /^\/(?![/\\])/.test(to) ? to : '/')
