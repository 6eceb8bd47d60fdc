import type { z } from 'zod'
import { Problem } from '#app/evaluation/problem.ts'

export type FormErrors = { fields: Readonly<Record<string, string>>; message: string | null }

/** The form's text fields as entered, to be shown again after an error. A name that occurs more than once gives a list. */
export function enteredIn(form: FormData): Record<string, string | string[]> {
  const entered: Record<string, string | string[]> = {}
  for (const name of new Set(form.keys())) {
    const texts = form.getAll(name).filter((value): value is string => typeof value === 'string')
    if (texts.length === 1 && texts[0] !== undefined) entered[name] = texts[0]
    else if (texts.length > 1) entered[name] = texts
  }
  return entered
}

/** Values of a form, or what is wrong with it, field by field. */
export function readForm<S extends z.ZodType>(
  schema: S,
  form: FormData,
): { ok: true; values: z.output<S> } | { ok: false; errors: FormErrors; entered: Record<string, string | string[]> } {
  const entered = enteredIn(form)
  const parsed = schema.safeParse(entered)
  if (parsed.success) return { ok: true, values: parsed.data }
  const fields: Record<string, string> = {}
  for (const issue of parsed.error.issues) fields[issue.path.join('.')] ??= issue.message
  return { ok: false, errors: { fields, message: null }, entered }
}

/** What a Problem says of a form; anything but an `invalid` or `conflict` Problem is thrown on. */
export function errorsOf(error: unknown): FormErrors {
  if (error instanceof Problem && (error.kind === 'invalid' || error.kind === 'conflict' || error.kind === 'gone')) {
    return { fields: error.fields, message: error.message }
  }
  throw error
}
