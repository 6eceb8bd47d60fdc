import { useMemo, useRef, useState } from 'react'
import type { ShownItem, ShownRubric } from '#app/evaluation/queue/shown.ts'
import type { EnteredEvidence } from '#app/evaluation/ratings/content.ts'
import { CLOSEST_ROW, type Entry, scoreOf } from '../entry.ts'
import { asksClosest, type Missing } from '../missing.ts'
import { type Acts, Dimension } from './dimension.tsx'
import { Overall } from './overall.tsx'
import { REACHABLE } from './reachable.ts'
import { dimensionAt } from './row-focus.ts'
import { Strip } from './strip.tsx'
import { noteOf } from './use-doing.ts'

type Props = {
  rubric: ShownRubric
  item: ShownItem
  entry: Entry
  /** What is missing, once submitting was tried. */
  missing: readonly Missing[]
  allAnchors: boolean
  /** The note that was opened, as `noteOf` names it. */
  noting: string
  /** Nothing can be entered: the item is open elsewhere. */
  inert: boolean
  acts: Omit<Acts, 'mayUnfold'>
  onSubmit: () => void
  onAnchors: () => void
}

/** The rubric: what is asked of the rater. A real form, so that it works before any script does. */
export function RubricForm(props: Props) {
  const { rubric, item, entry, missing, allAnchors, noting, inert, acts, onSubmit, onAnchors } = props
  const { content, current } = entry
  const [folded, setFolded] = useState(false)
  const pressed = useRef(false)
  const evidence = useMemo(() => byDimension(content.evidence), [content.evidence])
  const [all] = useState<Acts>(() => ({ ...acts, mayUnfold: () => !pressed.current }))
  return (
    <form
      className="rubric"
      id="rubric"
      method="post"
      tabIndex={REACHABLE}
      aria-label="Rubric"
      aria-disabled={inert || undefined}
      data-folded={folded || undefined}
      data-pane
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
      {...pressing(pressed, (dimension) => acts.change({ type: 'go', dimension }))}
    >
      <input type="hidden" name="assignment" value={item.assignment} />
      <header>
        <h2>
          {rubric.name}, version {rubric.version}
        </h2>{' '}
        <small>
          Move <kbd>j</kbd> <kbd>k</kbd>{' '}
          <button className="quiet" type="button" aria-pressed={allAnchors} onClick={onAnchors}>
            All anchors <kbd>g</kbd>
          </button>
        </small>
      </header>
      <Strip
        rubric={rubric}
        content={content}
        current={current}
        folded={folded}
        onGo={(dimension) => acts.change({ type: 'go', dimension })}
        onFold={() => setFolded(!folded)}
      />
      {rubric.dimensions.map((dimension) => (
        <Dimension
          key={dimension.id}
          dimension={dimension}
          score={scoreOf(content, dimension.id)}
          evidence={evidence.get(dimension.id) ?? NO_EVIDENCE}
          documents={item.documents}
          current={dimension.id === current}
          open={allAnchors || dimension.id === current}
          missing={missing.find((one) => one.dimension === dimension.id)?.what ?? null}
          noting={noting === noteOf(item.assignment, dimension.id)}
          acts={all}
        />
      ))}
      <Overall
        content={content}
        asksClosest={asksClosest(item.references)}
        current={current === CLOSEST_ROW}
        missing={missing.some(({ what }) => what === 'closest')}
        onChange={acts.change}
      />
    </form>
  )
}

const NO_EVIDENCE: readonly EnteredEvidence[] = []

function byDimension(evidence: readonly EnteredEvidence[]): Map<string, EnteredEvidence[]> {
  const found = new Map<string, EnteredEvidence[]>()
  for (const one of evidence) found.set(one.dimension, [...(found.get(one.dimension) ?? []), one])
  return found
}

/**
 * Knows whether a pointer is down in the form. Where the reader is changes only after a click has been dealt with: what is
 * pressed must not move away from under the pointer.
 */
const pressing = (pressed: { current: boolean }, go: (dimension: string) => void) => ({
  onPointerDownCapture: () => {
    pressed.current = true
  },
  onClickCapture: ({ target }: { target: EventTarget }) => {
    const dimension = target instanceof Element && !target.closest('.level') ? dimensionAt(target) : null
    setTimeout(() => {
      pressed.current = false
      if (dimension) go(dimension)
    })
  },
  onKeyDownCapture: (event: { key: string; currentTarget: HTMLElement }) => {
    pressed.current = false
    if (event.key === 'Tab') event.currentTarget.removeAttribute('data-moved')
  },
})
