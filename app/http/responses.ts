/** Expected failures as responses; routes throw them, error boundaries draw them. */
import { Problem, type ProblemKind } from '#app/evaluation/problem.ts'
import { isBusy, isFull } from '#db/errors.ts'

export const STATUS: Record<ProblemKind, number> = {
  invalid: 400,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  gone: 410,
  throttled: 429,
  busy: 503,
}

export type ProblemBody = { problem: { code: string; message: string; fields: Readonly<Record<string, string>> } }

const answer = (problem: Problem): Response =>
  Response.json(
    { problem: { code: problem.code, message: problem.message, fields: problem.fields } } satisfies ProblemBody,
    {
      status: STATUS[problem.kind],
      headers: problem.kind === 'busy' ? { 'Retry-After': '5' } : {},
    },
  )

export const notFound = (what = 'This page'): Response =>
  answer(new Problem('missing', `${what} is not here. It may have been moved, or the address has a slip in it.`))

export const forbidden = (message: string): Response => answer(new Problem('forbidden', message))

/** Turns a Problem (or a database that is busy or full) into its response; throws anything else on. */
export function answerProblem(error: unknown): Response {
  if (error instanceof Problem) return answer(error)
  if (isBusy(error)) {
    return answer(
      new Problem(
        'busy',
        'The database is busy with something long, such as an import. Nothing was stored; try again in a moment.',
      ),
    )
  }
  if (isFull(error)) {
    return answer(
      new Problem('busy', 'The disk is full. Nothing was stored. Ask your admin to make room, then try again.', {
        code: 'disk-full',
      }),
    )
  }
  throw error
}

/** Runs what a loader or action does, with Problems thrown as responses. */
export async function answering<T>(fn: () => Promise<T>): Promise<T> {
  try {
    return await fn()
  } catch (error) {
    if (error instanceof Response) throw error
    throw answerProblem(error)
  }
}
