import type { ShownDimension } from '#app/evaluation/queue/shown.ts'
import { NOTE_MOST } from '#app/evaluation/ratings/check.ts'
import type { EnteredScore } from '#app/evaluation/ratings/content.ts'
import type { Change } from '../entry.ts'
import { noteId } from './row-focus.ts'

type Props = {
  dimension: ShownDimension
  score: EnteredScore
  /** A note goes with the level that was chosen. */
  needed: boolean
  open: boolean
  onChange: (change: Change) => void
}

/** The note on a dimension or, where it cannot be judged, why. */
export function Note({ dimension: { id, name }, score: { level, cannotJudge, note }, needed, open, onChange }: Props) {
  if (cannotJudge === null && note === '' && !needed && !open) {
    // Without scripts nothing opens it later.
    return (
      <noscript>
        <textarea name={`note.${id}`} rows={1} placeholder={`Note on ${name}, or why it cannot be judged`} />
      </noscript>
    )
  }
  const abstains = cannotJudge !== null
  const text = abstains ? cannotJudge : note
  const lacks = (abstains || needed) && text.trim() === ''
  const asks = abstains ? 'Why can it not be judged?' : needed ? `Why ${level}?` : 'Note'
  return (
    <label className="note" data-lacks={lacks || undefined}>
      <span className="unseen">
        {abstains ? `Why ${name} cannot be judged` : needed ? `Why ${level} for ${name}` : `Note on ${name}`}
      </span>
      <textarea
        id={noteId(id)}
        name={`note.${id}`}
        rows={1}
        maxLength={NOTE_MOST}
        value={text}
        placeholder={lacks ? `${asks} (needed)` : asks}
        aria-required={abstains || needed}
        onChange={({ target }) => onChange({ type: abstains ? 'why' : 'note', dimension: id, text: target.value })}
      />
    </label>
  )
}
