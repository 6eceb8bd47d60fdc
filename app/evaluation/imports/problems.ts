import { Problem } from '#app/evaluation/problem.ts'
import { isBusy, isFull, isUniqueViolation } from '#db/errors.ts'

/** What a person is told of an error that an import may meet; an error that nobody expects is returned as it is. */
export function asProblem(error: unknown): unknown {
  if (isFull(error)) {
    return new Problem('busy', 'The disk is full. Nothing was stored. Make room on it, then import the file again.', {
      code: 'disk-full',
    })
  }
  if (isBusy(error)) {
    return new Problem('busy', 'Another program holds the database. Nothing was stored; try again in a moment.')
  }
  if (isUniqueViolation(error)) {
    return new Problem(
      'conflict',
      'Another import was storing the same at the same time. Nothing was stored; import the file again.',
    )
  }
  const { code, path } = (error ?? {}) as { code?: unknown; path?: unknown }
  if (code === 'ENOENT') return new Problem('missing', `There is no file ${path}.`)
  if (code === 'EACCES') return new Problem('forbidden', `The file ${path} may not be read by this program.`)
  return error
}
