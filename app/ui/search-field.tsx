import { useRef } from 'react'
import { useShortcut } from './use-shortcut.ts'

/** The search words of a list, `q`; the key / leads to them. */
export function SearchField({ label, value }: { label: string; value: string }) {
  const search = useRef<HTMLInputElement>(null)
  useShortcut((event, where) => {
    if (event.key !== '/' || where !== 'page' || event.ctrlKey || event.metaKey || event.altKey) return false
    search.current?.focus()
    search.current?.select()
    return true
  })
  return (
    <label className="field search">
      <span>
        {label} <kbd>/</kbd>
      </span>
      <input type="search" name="q" ref={search} defaultValue={value} />
    </label>
  )
}
