import { useState } from 'react'
import { Dialog } from '#app/ui/dialog.tsx'

const STEPS: readonly { title: string; says: string; part: string }[] = [
  {
    title: 'Read',
    says: 'The question and the response to judge. Which system wrote it is kept from you on purpose: judge the words.',
    part: 'answer',
  },
  {
    title: 'Check',
    says: 'The documents the response should rest on. Press / to find words in all of them, Enter for the next place.',
    part: 'sources',
  },
  {
    title: 'Score',
    says: 'Each dimension unfolds into what its levels mean. A digit scores it and moves on; j and k move without scoring; u says that you cannot judge it.',
    part: 'rubric',
  },
  {
    title: 'Say why',
    says: 'Select words in a text and press e: they are attached to the dimension as evidence. n writes a note; some low scores need one.',
    part: 'rubric',
  },
  {
    title: 'Go on',
    says: 'Everything is saved as you enter it. Ctrl (or Cmd) and Enter submits and shows the next item at once; with Z it is taken back for half a minute. ? lists the keys.',
    part: 'bottom',
  },
]

/** Five things to know, one after the other. `onPart` names the part of the page that is talked about. */
export function Tour({ onPart, onClose }: { onPart: (part: string) => void; onClose: () => void }) {
  const [at, setAt] = useState(0)
  const step = STEPS[at]
  if (!step) return null
  const go = (next: number) => {
    setAt(next)
    onPart(STEPS[next]?.part ?? '')
  }
  const last = at === STEPS.length - 1
  return (
    <Dialog title={`${at + 1} of ${STEPS.length}: ${step.title}`} className="tour" key={at} onClose={onClose}>
      <p>{step.says}</p>
      <p className="row">
        <button type="button" className="quiet" onClick={onClose}>
          {last ? 'Close' : 'Skip the tour'}
        </button>
        {at > 0 ? (
          <button type="button" className="aside" onClick={() => go(at - 1)}>
            Back
          </button>
        ) : null}
        <button
          type="button"
          className={at > 0 ? 'primary' : 'primary aside'}
          data-first
          onClick={last ? onClose : () => go(at + 1)}
        >
          {last ? 'Start rating' : 'Next'} <kbd>↵</kbd>
        </button>
      </p>
    </Dialog>
  )
}

export const FIRST_PART = STEPS[0]?.part ?? ''
