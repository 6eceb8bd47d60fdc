import { useState } from 'react'
import { useHydrated } from './hydrated.ts'

/** A text to be copied whole, such as a link that is shown once. Where the browser forbids copying it can be selected. */
export function Copy({ label, text }: { label: string; text: string }) {
  const alive = useHydrated()
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      setState('refused')
    }
  }
  return (
    <div className="copy">
      <input readOnly value={text} aria-label={label} onFocus={(event) => event.currentTarget.select()} />
      {alive ? (
        <button type="button" onClick={copy}>
          Copy
        </button>
      ) : null}
      <span role="status" className="soft">
        {state === 'copied' ? 'Copied.' : state === 'refused' ? 'Select it and copy it by keyboard.' : ''}
      </span>
    </div>
  )
}
