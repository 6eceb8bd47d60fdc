import { useId } from 'react'

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
  options: readonly { value: string; label: string; detail?: string }[]
  ticked: readonly string[]
  error?: string | undefined
  none?: string
}) {
  const id = useId()
  return (
    <fieldset className="boxes" aria-describedby={error ? id : undefined}>
      <legend>{legend}</legend>
      {error ? (
        <p className="fault" id={id}>
          {error}
        </p>
      ) : null}
      {options.length === 0 && none ? <p className="soft">{none}</p> : null}
      <div>
        {options.map(({ value, label, detail }) => (
          <label key={value} className="tick">
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
