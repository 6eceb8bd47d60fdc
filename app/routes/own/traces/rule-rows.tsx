import type { RuleValues } from '#app/evaluation/traces/rules/rule.ts'
import type { Lists } from './assignment-fields.tsx'

const BLANK_ROWS = 2
const FIELDS = ['input', 'response', 'system_version', 'model', 'key', 'metadata.NAME', 'signals.NAME']
const EMPTY = { target: 'category', value: '', field: 'input', test: 'contains', pattern: '' } as const

/** The rules as rows of a form, in their order, with some to fill in below. */
export function RuleRows({
  rules,
  lists,
  faults,
}: {
  rules: readonly RuleValues[]
  lists: Lists
  faults: Readonly<Record<string, string>>
}) {
  const rows = [...rules, ...Array.from({ length: BLANK_ROWS }, () => EMPTY)]
  return (
    <>
      <datalist id="rule-fields">
        {FIELDS.map((field) => (
          <option key={field} value={field} />
        ))}
      </datalist>
      <ol className="rule-rows">
        {rows.map((rule, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two rules may be equal; what was stored is in the key, so that a rule that moves up is drawn anew
          <li key={`${i} ${JSON.stringify(rule)}`}>
            <Row rule={rule} at={i} stored={i < rules.length} lists={lists} faults={faults} />
          </li>
        ))}
      </ol>
    </>
  )
}

function Row({
  rule,
  at,
  stored,
  lists,
  faults,
}: {
  rule: RuleValues
  at: number
  stored: boolean
  lists: Lists
  faults: Readonly<Record<string, string>>
}) {
  const wrong = (name: string) => (faults[`${at}.${name}`] ? { 'aria-invalid': true as const } : {})
  const told = ['value', 'field', 'pattern'].flatMap((name) => faults[`${at}.${name}`] ?? [])
  return (
    <fieldset className="rule-row">
      <legend className="unseen">{stored ? `Rule ${at + 1}` : 'A new rule'}</legend>
      <label className="field place">
        <span>Place</span>
        <input name="place" inputMode="numeric" defaultValue={at + 1} size={3} />
      </label>
      <label className="field">
        <span>Assigns</span>
        <select
          name="assigns"
          defaultValue={rule.value === '' ? '' : `${rule.target}:${rule.value}`}
          {...wrong('value')}
        >
          <option value="">Choose</option>
          <optgroup label="Category">
            {lists.categories.map((name) => (
              <option key={name} value={`category:${name}`}>
                {name}
              </option>
            ))}
          </optgroup>
          <optgroup label="User segment">
            {lists.userSegments.map((name) => (
              <option key={name} value={`userSegment:${name}`}>
                {name}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <label className="field where">
        <span>Where</span>
        <input name="field" list="rule-fields" defaultValue={rule.field} autoComplete="off" {...wrong('field')} />
      </label>
      <label className="field where">
        <span>Test</span>
        <select name="test" defaultValue={rule.test}>
          <option value="contains">contains</option>
          <option value="equals">is</option>
          <option value="matches">matches (regular expression)</option>
        </select>
      </label>
      <label className="field pattern">
        <span>Text or pattern; capitals do not matter</span>
        <input name="pattern" defaultValue={rule.pattern} autoComplete="off" spellCheck={false} {...wrong('pattern')} />
      </label>
      {stored ? (
        <label className="tick">
          <input type="checkbox" name="remove" value={at} />
          Remove
        </label>
      ) : null}
      {told.length > 0 ? <p className="fault">{told.join(' ')}</p> : null}
    </fieldset>
  )
}
