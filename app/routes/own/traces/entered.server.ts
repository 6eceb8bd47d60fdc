import { Problem } from '#app/evaluation/problem.ts'
import { type AssignedBefore, type Assignment, assignedBefore } from '#app/evaluation/traces/assign.ts'
import { textOf } from '#app/http/entered.ts'
import { AS_IT_IS, NOTHING } from './assignment-fields.tsx'

/** The assignment that a form asks for. */
export function assignmentIn(form: FormData): Assignment {
  const chosen = (name: string) => {
    const value = textOf(form, name)
    if (value === AS_IT_IS) return undefined
    return value === NOTHING ? null : value
  }
  const [category, userSegment] = [chosen('category'), chosen('userSegment')]
  return {
    ...(category === undefined ? {} : { category }),
    ...(userSegment === undefined ? {} : { userSegment }),
  }
}

export const idsIn = (form: FormData): string[] =>
  form.getAll('id').filter((id): id is string => typeof id === 'string' && id.length <= 64)

/** How traces were before, as the page was told and sends back. */
export function beforeIn(form: FormData): AssignedBefore {
  try {
    return assignedBefore.parse(JSON.parse(textOf(form, 'before')))
  } catch {
    throw new Problem('invalid', 'This cannot be taken back any more. Assign the traces anew.')
  }
}
