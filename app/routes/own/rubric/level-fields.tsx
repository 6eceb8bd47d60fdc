import { listed } from '#app/evaluation/figure.ts'
import type { LevelEntry } from '#app/evaluation/rubrics/entry.ts'
import { LONGEST_LABEL, MOST_EXAMPLES } from '#app/evaluation/rubrics/faults.ts'
import { exampleField, levelField } from './form.ts'
import { StepButton } from './step-button.tsx'
import { anchorId } from './step-focus.ts'

type Faults = Readonly<Record<string, string>>

/** One level of a dimension: its label, its anchor, its examples. */
export function LevelFields({
  level: { row, label, anchor, examples },
  place,
  index,
  value,
  called,
  fields,
}: {
  level: LevelEntry
  place: number
  index: number
  value: number
  called: string
  fields: Faults
}) {
  const at = `dimensions.${index}.levels.${place}`
  const faults = ['label', 'anchor', 'examples', ...examples.map((_, n) => `examples.${n}`)].flatMap(
    (field) => fields[`${at}.${field}`] ?? [],
  )
  const invalid = (field: string) => (fields[`${at}.${field}`] ? { 'aria-invalid': true as const } : {})
  return (
    <li>
      <input type="hidden" name={levelField(index, place, 'row')} value={row} />
      <b className="level-mark" data-level={place + 1} aria-hidden="true">
        {value}
      </b>
      <div>
        <input
          name={levelField(index, place, 'label')}
          defaultValue={label}
          maxLength={LONGEST_LABEL}
          aria-label={`Label of level ${value} of ${called}`}
          placeholder="A word or two"
          {...invalid('label')}
        />
        <textarea
          id={anchorId(row)}
          name={levelField(index, place, 'anchor')}
          defaultValue={anchor}
          rows={2}
          aria-label={`Anchor of level ${value} of ${called}`}
          placeholder={`What an answer is like that deserves ${value}`}
          {...invalid('anchor')}
        />
        {faults.length > 0 ? <p className="fault">{listed(faults)}</p> : null}
        <details open={examples.length > 0}>
          <summary>
            {examples.length === 0 ? 'Examples' : `Examples: ${examples.length}`}
            <span className="unseen">
              {' '}
              of level {value} of {called}
            </span>
          </summary>
          {examples.map((example, n) => (
            <textarea
              // biome-ignore lint/suspicious/noArrayIndexKey: two may be equal; what was stored is in the key, so that one that moves up when an empty one is taken out is drawn anew
              key={`${n} ${example}`}
              id={`example-${row}-${n}`}
              name={exampleField(index, place)}
              defaultValue={example}
              rows={2}
              aria-label={`Example ${n + 1} of level ${value} of ${called}`}
            />
          ))}
          <p className="row">
            <StepButton
              value={`add-example:${index}:${place}`}
              to={index}
              disabled={examples.length >= MOST_EXAMPLES}
              label={`Add an example of level ${value} of ${called}`}
            >
              Add an example
            </StepButton>
            {examples.length > 0 ? <small>One left empty is taken out.</small> : null}
          </p>
        </details>
      </div>
    </li>
  )
}
