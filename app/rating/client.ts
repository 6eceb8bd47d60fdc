/**
 * The rating page's side of its resource routes, `/p/:project/rate/:round/...`. Each is a POST of JSON; an expected
 * failure is answered with `{ problem }` and its status. Nothing here throws: a failure is a value that says whether to
 * try again.
 */
import type { Hand, ShownReference, Submitted } from '#app/evaluation/queue/shown.ts'
import type { Content } from '#app/evaluation/ratings/content.ts'

export type FlagKind = 'broken case' | 'personal data' | 'unsafe content' | 'other'

/** What each route is sent. `known`: the assignments whose items this page has already. */
export type Asked = {
  next: { known: string[] }
  /** `submissionId` is a UUID made here: sending it twice stores it once. */
  submit: { assignment: string; submissionId: string; content: Content; known: string[] }
  draft: { assignment: string; content: Content }
  /** The scores given so far go along: they are kept as those before the references. */
  reveal: { assignment: string; content: Content }
  skip: { assignment: string; reason: string; known: string[] }
  'take-up': { known: string[] }
  flag: { assignment: string; kind: FlagKind; note: string }
  undo: { assignment: string; known: string[] }
  /** `revision`: the one that is corrected. */
  correct: { assignment: string; submissionId: string; revision: number; content: Content }
  lease: Record<string, never>
}

/** What each route answers. */
export type Answered = {
  next: Hand
  submit: Submitted
  /** `leaseExpiresAt` is null when the item has gone back to the queue: the draft is kept all the same. */
  draft: { savedAt: number; leaseExpiresAt: number | null }
  reveal: { references: ShownReference[] }
  skip: Hand
  /** The items that this rater skipped, in hand again. */
  'take-up': Hand
  flag: { flaggedAt: number }
  undo: Hand
  correct: { rating: string; revision: number }
  /** By assignment, until when; one that is missing has gone back to the queue. */
  lease: { leases: Record<string, number> }
}

export type Route = keyof Asked

/**
 * `away`: no answer, or none of ours (a dead network, a proxy's page): try again. `busy`: the server asks to wait.
 * `signed-out`: try again after signing in. `refused`: the same request will be refused again.
 */
export type Failure = { why: 'away' | 'busy' | 'signed-out' | 'refused'; code: string; message: string }

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure }

const PATIENCE_MS = 20_000
/** Browsers refuse to keep alive a request with a larger body. */
const KEEPALIVE_BYTES = 60_000

const away: Failure = { why: 'away', code: 'away', message: 'The server cannot be reached.' }

/** Posts to one of the routes under `base` (`/p/:project/rate/:round`). `leaving`: the page may be gone before the answer. */
export async function ask<R extends Route>(
  base: string,
  route: R,
  body: Asked[R],
  { leaving = false } = {},
): Promise<Outcome<Answered[R]>> {
  const text = JSON.stringify(body)
  try {
    const response = await fetch(`${base}/${route}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: text,
      ...(leaving ? { keepalive: text.length < KEEPALIVE_BYTES } : { signal: AbortSignal.timeout(PATIENCE_MS) }),
    })
    const answer: unknown = await response.json()
    if (response.ok) return { ok: true, value: answer as Answered[R] }
    return { ok: false, failure: failureOf(response.status, answer) }
  } catch {
    return { ok: false, failure: away }
  }
}

/** What an answer that is not a success means. */
export function failureOf(status: number, answer: unknown): Failure {
  const problem = (answer as { problem?: { code?: string; message?: string } } | null)?.problem
  if (!problem) return status >= 400 && status < 500 ? { ...away, why: 'refused', code: String(status) } : away
  const why = status === 401 ? 'signed-out' : status === 429 || status >= 500 ? 'busy' : 'refused'
  return { why, code: problem.code ?? String(status), message: problem.message ?? `The server answered ${status}.` }
}
