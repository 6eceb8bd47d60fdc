/** A form's single text field as entered; empty where it is missing, or a file. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** The values of a field that may occur more than once, as far as they are among those known. */
export const amongst = <T extends string>(form: FormData, name: string, known: readonly T[]): T[] =>
  known.filter((one) => form.getAll(name).includes(one))
