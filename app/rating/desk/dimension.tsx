import { memo } from 'react'
import type { ShownDimension, ShownDocument } from '#app/evaluation/queue/shown.ts'
import type { EnteredEvidence, EnteredScore } from '#app/evaluation/ratings/content.ts'
import type { Change } from '../entry.ts'
import { type Missing, needsNote } from '../missing.ts'
import { EvidenceList } from './evidence-list.tsx'
import { LevelExamples } from './level-examples.tsx'
import { Levels } from './levels.tsx'
import { Note } from './note.tsx'
import { rowId } from './row-focus.ts'

/** What a dimension asks of the page around it: the same functions at every drawing. */
export type Acts = {
  change: (change: Change) => void
  /** False while a pointer is down: what is pressed must not move away from under it. */
  mayUnfold: () => boolean
  /** Puts the focus on the dimension the reader is on now. */
  moveOn: () => void
  note: (dimension: string) => void
  attach: (dimension: string) => void
}

type Props = {
  dimension: ShownDimension
  score: EnteredScore
  evidence: readonly EnteredEvidence[]
  documents: readonly ShownDocument[]
  /** The reader is here. */
  current: boolean
  /** The anchors are in view. */
  open: boolean
  /** What is missing, once it was asked for. */
  missing: Missing['what'] | null
  /** The note was opened. */
  noting: boolean
  acts: Acts
}

/** One dimension of the rubric: its levels, its note, its evidence. */
export const Dimension = memo(function Dimension(props: Props) {
  const { dimension, score, evidence, documents, current, open, missing, noting, acts } = props
  const { id, name, description } = dimension
  const { level, cannotJudge } = score
  const anchor = dimension.levels.find(({ value }) => value === level)?.anchor
  return (
    <fieldset
      className="dimension"
      id={rowId(id)}
      data-levels={dimension.levels.length}
      data-current={current || undefined}
      data-open={open || undefined}
      data-missing={missing ?? undefined}
      onFocus={() => acts.mayUnfold() && acts.change({ type: 'go', dimension: id })}
    >
      <legend>{name}</legend>
      <p className="row-keys">
        <button className="quiet" type="button" onClick={() => acts.note(id)}>
          {cannotJudge === null ? 'Note' : 'Why'} <kbd>n</kbd>
        </button>{' '}
        <button className="quiet" type="button" onClick={() => acts.attach(id)}>
          Attach <kbd>e</kbd>
        </button>
      </p>
      {description && open ? <p className="about">{description}</p> : null}
      <Levels
        dimension={dimension}
        level={level}
        abstains={cannotJudge !== null}
        onLevel={(chosen, pointed) => {
          acts.change({ type: 'score', dimension: id, level: chosen, stay: !pointed })
          if (pointed) acts.moveOn()
        }}
        onAbstain={(pointed) => {
          acts.change({ type: 'cannot judge', dimension: id })
          if (pointed) acts.note(id)
        }}
      />
      {open ? <LevelExamples dimension={dimension} /> : null}
      {anchor ? <p className="anchor">{anchor}</p> : null}
      <Note
        dimension={dimension}
        score={score}
        needed={needsNote(dimension, level)}
        open={noting}
        onChange={acts.change}
      />
      <EvidenceList
        dimension={name}
        evidence={evidence}
        documents={documents}
        onRemove={(one) => acts.change({ type: 'detach', evidence: one })}
      />
    </fieldset>
  )
})
