import { memo, type SyntheticEvent } from 'react'
import type { ShownDimension } from '#app/evaluation/queue/shown.ts'
import { levelKeys } from '../levels.ts'

type Props = {
  dimension: ShownDimension
  level: number | null
  abstains: boolean
  /** `pointed`: with a mouse, a pen or a finger. */
  onLevel: (level: number, pointed: boolean) => void
  onAbstain: (pointed: boolean) => void
}

/** A radio chosen by key is clicked by the browser itself, and counts no presses. */
const isPointed = ({ nativeEvent }: SyntheticEvent): boolean =>
  nativeEvent instanceof MouseEvent && nativeEvent.detail > 0

/** The levels of a dimension as one radio group: squares at rest, their anchors in full where the reader is. */
export const Levels = memo(function Levels({ dimension, level, abstains, onLevel, onAbstain }: Props) {
  const name = `score.${dimension.id}`
  const keys = levelKeys(dimension.levels.map(({ value }) => value))
  return (
    <div className="levels">
      {dimension.levels.map(({ value, label, anchor }, place) => (
        <label className="level" key={value} data-level={place + 1}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={level === value}
            onChange={(event) => onLevel(value, isPointed(event))}
            // The second press of a double click would land on whatever has moved there.
            onClick={(event) => event.detail > 1 && event.preventDefault()}
          />
          <b>{value}</b>
          <span>
            {label ? <strong>{label}: </strong> : null}
            {anchor}
            {keys[place] === String(value) ? null : <kbd>{keys[place]}</kbd>}
          </span>
        </label>
      ))}
      <label className="level abstain">
        <input type="radio" name={name} value="" checked={abstains} onChange={(event) => onAbstain(isPointed(event))} />
        <b aria-hidden="true">–</b>
        <span>
          Cannot judge <kbd>u</kbd>
        </span>
      </label>
    </div>
  )
})
