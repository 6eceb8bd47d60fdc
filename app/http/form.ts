import type { z } from 'zod'
import { Problem, type ProblemKind } from '#app/evaluation/problem.ts'
import { answerProblem, STATUS } from './responses.ts'

export type FormErrors = { fields: Readonly<Record<string, string>>; message: string | null }

const LARGEST_FORM = 1_048_576

/**
 * The form that was sent, or an `invalid` Problem when it is none or larger than `most` bytes: a page's form is read into
 * memory whole, so what has no end must not be.
 */
export async function receiveForm(request: Request, most = LARGEST_FORM): Promise<FormData> {
  const tooLarge = new Problem('invalid', `This is more than ${Math.ceil(most / 1024)} kB, too much for a form.`, {
    code: 'too-large',
  })
  if (Number(request.headers.get('Content-Length') ?? 0) > most) throw tooLarge
  let received = 0
  const counted = request.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        received += chunk.byteLength
        if (received > most) controller.error(tooLarge)
        else controller.enqueue(chunk)
      },
    }),
  )
  try {
    return await new Response(counted, {
      headers: { 'Content-Type': request.headers.get('Content-Type') ?? '' },
    }).formData()
  } catch {
    if (received > most) throw tooLarge
    throw new Problem('invalid', 'This was not sent as a form, or broke off on the way. Load the page and try again.', {
      code: 'no-form',
    })
  }
}

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

const FOR_THE_FORM: readonly ProblemKind[] = ['invalid', 'conflict', 'gone', 'throttled']

/**
 * What a Problem says of a form, with the status to answer. What no change to the form can mend (forbidden, missing, a busy
 * database) is thrown as its response; a response, and what nobody expected, as it is.
 */
export function errorsOf(error: unknown): FormErrors & { status: number } {
  if (error instanceof Response) throw error
  if (error instanceof Problem && FOR_THE_FORM.includes(error.kind)) {
    return { fields: error.fields, message: error.message, status: STATUS[error.kind] }
  }
  throw answerProblem(error)
}
