import { useRef } from 'react'
import type { ShownRubric } from '#app/evaluation/queue/shown.ts'
import { useBeforePaint } from '#app/ui/before-paint.ts'
import type { Picked } from './use-selection.ts'

const GAP = 8

type Props = { rubric: ShownRubric; current: string; picked: Picked; onAttach: (dimension: string) => void }

/** Beside a selection: which dimension it speaks to. */
export function AttachBar({ rubric, current, picked, onAttach }: Props) {
  const bar = useRef<HTMLDivElement>(null)
  useBeforePaint(() => {
    const element = bar.current
    const selection = document.getSelection()
    if (!element || picked.quote === '' || !selection?.rangeCount) return
    const words = selection.getRangeAt(0).getBoundingClientRect()
    const { width, height } = element.getBoundingClientRect()
    const below = words.bottom + GAP
    const top = below + height > innerHeight ? words.top - height - GAP : below
    element.style.top = `${Math.max(GAP, top)}px`
    element.style.left = `${Math.max(GAP, Math.min(words.left, innerWidth - width - GAP))}px`
  }, [picked])
  return (
    <div className="attach" ref={bar} role="toolbar" aria-label="Attach the selected passage">
      <span>Attach to</span>
      {rubric.dimensions.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          aria-current={id === current || undefined}
          // The selection must outlive the press.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onAttach(id)}
        >
          {name} {id === current ? <kbd>e</kbd> : null}
        </button>
      ))}
    </div>
  )
}
