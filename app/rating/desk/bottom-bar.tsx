import { useEffect, useState } from 'react'
import type { DraftState } from '../drafts.ts'
import { leftInWords, type Missing } from '../missing.ts'
import type { OutboxState } from '../outbox.ts'
import { agoInWords, saidOf } from '../said.ts'
import { useOnline } from '../use-online.ts'
import { CommandKey } from './command-key.tsx'

const TICK_MS = 5_000

type Props = {
  draft: DraftState
  outbox: OutboxState
  missing: Missing[]
  busy: boolean
  /** An item is on screen. */
  rating: boolean
  /** The last submission can be taken back. */
  canUndo: boolean
  onUndo: () => void
  onSkip: () => void
  onFlag: () => void
}

/** What is saved, and what can be done with the item. */
export function BottomBar({ draft, outbox, missing, busy, rating, canUndo, onUndo, onSkip, onFlag }: Props) {
  return (
    <footer className="bottom">
      <Saved draft={draft} outbox={outbox} submitted={canUndo} />
      {canUndo ? (
        <button className="quiet" type="button" onClick={onUndo} disabled={busy}>
          Undo submit <CommandKey with="Z" />
        </button>
      ) : null}
      {rating ? (
        <>
          <button className="quiet aside" type="button" aria-haspopup="dialog" onClick={onSkip} disabled={busy}>
            Skip <kbd>→</kbd>
          </button>
          <button className="quiet" type="button" aria-haspopup="dialog" onClick={onFlag}>
            Flag <kbd>f</kbd>
          </button>
          <p className="soft left" data-ready={missing.length === 0 || undefined}>
            {leftInWords(missing)}
          </p>
          <button className="primary" type="submit" form="rubric" disabled={busy}>
            <span>
              Submit<span className="unless-narrow"> and go on</span>
            </span>{' '}
            <CommandKey with="↵" />
          </button>
        </>
      ) : null}
    </footer>
  )
}

/** Where what was entered is now. Only a change of state is announced, not the passing of time. */
function Saved({ draft, outbox, submitted }: Pick<Props, 'draft' | 'outbox'> & { submitted: boolean }) {
  const { text, tone } = saidOf(draft, outbox, useOnline())
  const [now, setNow] = useState(0)
  const { savedAt } = draft
  useEffect(() => {
    setNow(Date.now())
    if (savedAt === null) return
    const timer = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [savedAt])
  const ago = text === 'Saved' && savedAt !== null ? ` ${agoInWords(now - savedAt)}` : ''
  return (
    <p className="saved" data-tone={tone}>
      <span role="status">{text || (submitted ? 'Submitted' : '')}</span>
      <span aria-hidden="true">{ago}</span>
    </p>
  )
}
