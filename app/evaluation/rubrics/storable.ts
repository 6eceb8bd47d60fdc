import { Problem } from '#app/evaluation/problem.ts'
import { firstUnstorable } from '#app/formats/storable.ts'

/**
 * Refuses a rubric's name or a change note with characters that no database here can store.
 *
 * @throws Problem `invalid` at its field
 */
export function checkStorable(texts: { name?: string; changeNote?: string }): void {
  const found = firstUnstorable(texts)
  if (!found) return
  const what = found.field === 'name' ? 'The name' : 'The change note'
  throw new Problem('invalid', `${what} ${found.reason}.`, { fields: { [found.field]: `It ${found.reason}.` } })
}
