import { Form, Link, useSearchParams } from '@remix-run/react'
import type { AgreementChoices } from '#app/evaluation/agreement/choices.ts'
import type { FilterFields } from './query.server.ts'

/** What is looked at. A plain form: it works without scripts, and the address says it all. */
export function Filters({
  fields,
  choices,
  dimension = null,
  children,
}: {
  fields: FilterFields
  choices: AgreementChoices
  dimension?: string | null
  /** Further fields of a page that has them. */
  children?: React.ReactNode
}) {
  const narrowed = isNarrowed(fields)
  return (
    <Form method="get" className="filters" key={JSON.stringify(fields)}>
      <Choose name="round" label="Round" all="All rounds" value={fields.round}>
        {choices.rounds.map(({ id, name, simulated }) => (
          <option key={id} value={id}>
            {name}
            {simulated === null ? '' : ' (simulated)'}
          </option>
        ))}
      </Choose>
      <label className="field">
        <span>Rubric</span>
        <select name="rubric" defaultValue={fields.rubric}>
          {choices.versions.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>From</span>
        <input type="date" name="from" defaultValue={fields.from} />
      </label>
      <label className="field">
        <span>To</span>
        <input type="date" name="to" defaultValue={fields.to} />
      </label>
      <Choose name="category" label="Category" all="All categories" value={fields.category}>
        <Options values={choices.categories} />
      </Choose>
      <Choose name="user" label="User segment" all="All users" value={fields.user}>
        <Options values={choices.userSegments} />
      </Choose>
      <Choose name="system" label="System version" all="All versions" value={fields.system}>
        {choices.systemVersions.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Choose>
      <Choose name="source" label="Ratings" all="All sources" value={fields.source}>
        <option value="app">Made here</option>
        <option value="import">Imported</option>
        <option value="simulated">Simulated</option>
      </Choose>
      {choices.raters.length > 1 ? (
        <Choose name="raters" label="Raters" all="All raters" value={fields.raters}>
          <optgroup label="Only items rated by">
            {choices.raters.map(({ id, name }) => (
              <option key={id} value={`with:${id}`}>
                Items of {name}
              </option>
            ))}
          </optgroup>
          <optgroup label="Without the ratings of">
            {choices.raters.map(({ id, name }) => (
              <option key={id} value={`without:${id}`}>
                Without {name}
              </option>
            ))}
          </optgroup>
        </Choose>
      ) : null}
      {dimension ? <input type="hidden" name="dimension" value={dimension} /> : null}
      {children}
      <button type="submit">Apply</button>
      {narrowed ? (
        <Link className="button quiet" to="?">
          Clear
        </Link>
      ) : null}
    </Form>
  )
}

/** Whether anything but a rubric version is asked for. */
export const isNarrowed = (fields: FilterFields): boolean =>
  Object.entries(fields).some(([name, value]) => value !== '' && name !== 'rubric')

/** A field of the filters: one of several, or all. */
export function Choose({
  name,
  label,
  all,
  value,
  children,
}: {
  name: string
  label: string
  all: string
  value: string
  children: React.ReactNode
}) {
  return (
    <label className="field">
      <span>{label}</span>
      <select name={name} defaultValue={value}>
        <option value="">{all}</option>
        {children}
      </select>
    </label>
  )
}

const Options = ({ values }: { values: readonly string[] }) =>
  values.map((value) => (
    <option key={value} value={value}>
      {value}
    </option>
  ))

/** The present address with some of its parameters changed (null: taken out). */
export function useAddress(): (path: string, changes?: Record<string, string | null>) => string {
  const [params] = useSearchParams()
  return (path, changes = {}) => {
    const there = new URLSearchParams(params)
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) there.delete(name)
      else there.set(name, value)
    }
    return there.size === 0 ? path || '?' : `${path}?${there}`
  }
}
