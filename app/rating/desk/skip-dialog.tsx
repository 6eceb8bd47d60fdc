import { useState } from 'react'
import { Dialog } from '#app/ui/dialog.tsx'
import { useShortcut } from '#app/ui/use-shortcut.ts'

const REASONS = [
  'Outside my field',
  'I know this case or had a part in it',
  'It would take more time than I have now',
  'I do not understand the question',
]

const REASON_MOST = 1000

/** Skips the item with a reason. A key chooses each reason; what was entered stays as a draft. */
export function SkipDialog({ onSkip, onClose }: { onSkip: (reason: string) => void; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const skip = (why: string) => {
    onClose()
    onSkip(why)
  }
  useShortcut(({ key, target, repeat }) => {
    const why = REASONS[Number(key) - 1]
    if (!why || repeat || target instanceof HTMLInputElement) return false
    skip(why)
    return true
  })
  return (
    <Dialog title="Skip this item" className="choose" onClose={onClose}>
      <p>It goes to others. What you entered stays, and you can take it up again later. Why do you skip it?</p>
      <ul className="choices">
        {REASONS.map((why, place) => (
          <li key={why}>
            <button type="button" onClick={() => skip(why)}>
              <kbd>{place + 1}</kbd> {why}
            </button>
          </li>
        ))}
      </ul>
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim()) skip(reason.trim())
        }}
      >
        <label className="field">
          <span>Another reason</span>
          <input value={reason} maxLength={REASON_MOST} onChange={(event) => setReason(event.target.value)} />
        </label>
        <p className="row">
          <button type="button" onClick={onClose}>
            Stay with it <kbd>Esc</kbd>
          </button>
          <button className="primary aside" type="submit" disabled={reason.trim() === ''}>
            Skip
          </button>
        </p>
      </form>
    </Dialog>
  )
}
