import { type KeyboardEvent, type RefObject, useId, useRef, useState } from 'react'
import { whole } from '#app/evaluation/figure.ts'
import { useHydrated } from '#app/ui/hydrated.ts'

type Option = { value: string; label: string; detail?: string }

/** From so many boxes on a list is one to search, and scrolls by itself. */
const MANY = 25

/** A list of boxes to tick, under one name. */
export function Ticks({
  legend,
  name,
  options,
  ticked,
  error,
  none,
}: {
  legend: string
  name: string
  options: readonly Option[]
  ticked: readonly string[]
  error?: string | undefined
  none?: string
}) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [words, setWords] = useState('')
  const [count, setCount] = useState(() => options.filter(({ value }) => ticked.includes(value)).length)
  const many = options.length >= MANY
  const recount = () => setCount(list.current?.querySelectorAll('input:checked').length ?? 0)
  return (
    <fieldset className="boxes" aria-describedby={error ? id : undefined}>
      <legend>{legend}</legend>
      {error ? (
        <p className="fault" id={id}>
          {error}
        </p>
      ) : null}
      {options.length === 0 && none ? <p className="soft">{none}</p> : null}
      {many ? (
        <Finder list={list} onWords={setWords} said={`${whole(count)} of ${whole(options.length)} ticked`} />
      ) : null}
      <div ref={list} className={many ? 'many' : undefined} onChange={many ? recount : undefined}>
        {options.map(({ value, label, detail }) => (
          <label key={value} className="tick" hidden={!label.toLowerCase().includes(words)}>
            <input
              type="checkbox"
              name={name}
              value={value}
              defaultChecked={ticked.includes(value)}
              aria-invalid={error ? true : undefined}
            />
            {label}
            {detail ? <small>{detail}</small> : null}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** Finds boxes by their words, and ticks all that are in view or none of them. Without scripts there is the list alone. */
function Finder({
  list,
  onWords,
  said,
}: {
  list: RefObject<HTMLDivElement>
  onWords: (words: string) => void
  said: string
}) {
  const hydrated = useHydrated()
  if (!hydrated) return null
  const tick = (wanted: boolean) => {
    const boxes = list.current?.querySelectorAll<HTMLInputElement>('.tick:not([hidden]) input') ?? []
    // a click, so that whoever listens for changes hears of each
    for (const box of boxes) if (box.checked !== wanted) box.click()
  }
  // Enter would send the form that the list is part of
  const stay = (event: KeyboardEvent) => event.key === 'Enter' && event.preventDefault()
  return (
    <div className="row finder">
      <input
        type="search"
        aria-label="Find by name"
        placeholder="Find by name"
        onChange={(event) => {
          event.stopPropagation()
          onWords(event.currentTarget.value.trim().toLowerCase())
        }}
        onKeyDown={stay}
      />
      <button type="button" onClick={() => tick(true)}>
        Tick all in view
      </button>
      <button type="button" onClick={() => tick(false)}>
        Untick all in view
      </button>
      <output className="soft">{said}</output>
    </div>
  )
}
