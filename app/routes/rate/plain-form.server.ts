import { newId } from '#app/ambient.ts'
import { type Closest, type Content, emptyContent } from '#app/evaluation/ratings/content.ts'
import type { Submission } from '#app/evaluation/ratings/submit.ts'
import { CLOSEST } from '#db/schema/ratings.ts'

const PREFIX = 'score.'

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '')

const closestIn = (form: FormData): Closest | null => CLOSEST.find((one) => one === form.get('closest')) ?? null

/**
 * The rating page's form as it is sent where no script has come to life: a radio group a dimension (an empty value is
 * "cannot judge") and a note, which then is its why. No time was measured.
 */
export function submissionIn(form: FormData): Submission {
  const scores: Content['scores'] = {}
  for (const [name, value] of form) {
    if (!name.startsWith(PREFIX)) continue
    const dimension = name.slice(PREFIX.length)
    const note = textOf(form, `note.${dimension}`)
    scores[dimension] =
      value === '' ? { level: null, cannotJudge: note, note: '' } : { level: Number(value), cannotJudge: null, note }
  }
  const content = { ...emptyContent(), scores, closest: closestIn(form), betterAnswer: textOf(form, 'better') }
  return { assignment: textOf(form, 'assignment'), submissionId: newId(), content }
}
