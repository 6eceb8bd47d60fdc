const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

export type Sent = {
  method: string
  /** The Sec-Fetch-Site header: browsers say in it who made them send this. */
  site: string | null
  /** The Origin header, all that older browsers say. */
  origin: string | null
}

/**
 * True of a request that changes something and was not sent by a page of this site. A request that says nothing of its
 * sender is foreign too. `appUrl` is the address of this site, without a path.
 */
export function isForeign({ method, site, origin }: Sent, appUrl: string): boolean {
  if (SAFE.has(method)) return false
  if (site !== null) return site !== 'same-origin'
  return origin !== appUrl
}

/** What its sender is told. */
export const foreignMessage = (appUrl: string): string =>
  `This was not sent from a page of Assay. Open ${appUrl} and try there.`
