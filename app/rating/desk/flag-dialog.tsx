import { useState } from 'react'
import { Dialog } from '#app/ui/dialog.tsx'
import type { FlagKind } from '../client.ts'

const KINDS: readonly [FlagKind, string, string][] = [
  ['broken case', 'Broken case', 'A text is missing, cut off or does not belong here'],
  ['personal data', 'Personal data', 'A real person can be recognised'],
  ['unsafe content', 'Unsafe content', 'Acting on it, or reading it, could do harm'],
  ['other', 'Something else', 'Say what, below'],
]

const NOTE_MOST = 4000

/** Tells the lead that something is wrong with the item itself. It can still be rated or skipped. */
export function FlagDialog({
  onFlag,
  onClose,
}: {
  onFlag: (kind: FlagKind, note: string) => void
  onClose: () => void
}) {
  const [kind, setKind] = useState<FlagKind>('broken case')
  const [note, setNote] = useState('')
  const lacks = kind === 'other' && note.trim() === ''
  return (
    <Dialog title="Flag this item" className="choose" onClose={onClose}>
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault()
          if (lacks) return
          onClose()
          onFlag(kind, note.trim())
        }}
      >
        <p>The lead is told, with your note. The item stays with you: rate it or skip it.</p>
        <fieldset className="choices">
          <legend className="unseen">What is wrong with it</legend>
          {KINDS.map(([value, word, meaning]) => (
            <label key={value} className="tick">
              <input type="radio" name="kind" checked={kind === value} onChange={() => setKind(value)} />
              {word} <small>{meaning}</small>
            </label>
          ))}
        </fieldset>
        <label className="field">
          <span>Note{kind === 'other' ? ' (needed)' : ''}</span>
          <textarea
            rows={2}
            value={note}
            maxLength={NOTE_MOST}
            required={kind === 'other'}
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
        <p className="row">
          <button type="button" onClick={onClose}>
            Cancel <kbd>Esc</kbd>
          </button>
          <button className="primary aside" type="submit" disabled={lacks}>
            Flag
          </button>
        </p>
      </form>
    </Dialog>
  )
}
