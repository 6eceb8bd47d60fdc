import { Problem } from '#app/evaluation/problem.ts'
import type { FileError } from '#app/formats/unreadable.ts'

export const MAX_ERRORS = 100

/** A file that was not imported: nothing of it is stored. `errors` are its first faults, in the order of its lines. */
export class ImportRefused extends Problem {
  readonly errors: readonly FileError[]

  constructor(fileName: string, errors: readonly FileError[]) {
    const count = errors.length >= MAX_ERRORS ? `at least ${MAX_ERRORS} errors` : errorsInWords(errors.length)
    super('invalid', `Nothing was stored: ${fileName} has ${count}. Mend the file and import it again.`, {
      code: 'import-refused',
    })
    this.errors = errors
  }
}

const errorsInWords = (count: number) => (count === 1 ? 'an error' : `${count} errors`)

/** Gathers the errors of a file up to the most that are told. */
export class Faults {
  readonly list: FileError[] = []

  get full(): boolean {
    return this.list.length >= MAX_ERRORS
  }

  get any(): boolean {
    return this.list.length > 0
  }

  add(...errors: readonly FileError[]): void {
    this.list.push(...errors.slice(0, MAX_ERRORS - this.list.length))
  }

  /** Throws what was gathered, if anything was. */
  refuse(fileName: string): void {
    if (this.any)
      throw new ImportRefused(
        fileName,
        [...this.list].sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
      )
  }
}
