import { Form, Link } from '@remix-run/react'
import type { DriftChoices } from '#app/evaluation/drift/choices.ts'
import type { DriftFields } from './query.server.ts'

/** What narrows the ratings that are looked at. */
const NARROWING = ['from', 'to', 'category', 'user', 'rater', 'source'] as const

type Named = { key: string; name: string }

/** What is looked at and how. A plain form: it works without scripts, and the address says it all. */
export function Filters({
  fields,
  choices,
  dimensions,
  dimension,
  periods,
}: {
  fields: DriftFields
  choices: DriftChoices
  dimensions: readonly Named[]
  dimension: string | null
  /** The periods with live items, by key, and the two compared. */
  periods: { all: readonly Named[]; kind: string; before: string; after: string } | null
}) {
  const narrowed = NARROWING.some((name) => fields[name] !== '')
  const changed =
    narrowed || fields.periods !== '' || fields.before !== '' || fields.after !== '' || fields.alarms !== '1'
  return (
    <Form method="get" className="filters" key={JSON.stringify([fields, dimension])}>
      {dimensions.length > 0 ? (
        <label className="field">
          <span>Dimension</span>
          <select name="dimension" defaultValue={dimension ?? ''}>
            {dimensions.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <label className="field">
        <span>Rubric</span>
        <select name="rubric" defaultValue={fields.rubric}>
          {choices.rubrics.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>Periods</span>
        <select name="periods" defaultValue={fields.periods || periods?.kind || 'month'}>
          <option value="week">Weeks</option>
          <option value="month">Months</option>
          <option value="quarter">Quarters</option>
          <option value="round">Rounds</option>
        </select>
      </label>
      {periods && periods.all.length > 1 ? (
        <>
          <Period name="before" label="Compare" periods={periods.all} value={periods.before} />
          <Period name="after" label="with" periods={periods.all} value={periods.after} />
        </>
      ) : null}
      <label className="field">
        <span>False alarms</span>
        <select name="alarms" defaultValue={fields.alarms}>
          <option value="0.5">1 in 200 periods</option>
          <option value="1">1 in 100 periods</option>
          <option value="2">2 in 100 periods</option>
          <option value="5">5 in 100 periods</option>
        </select>
      </label>
      <button type="submit">Apply</button>
      {changed ? (
        <Link className="button quiet" to="?">
          Clear
        </Link>
      ) : null}
      <details className="narrow" open={narrowed}>
        <summary>Which ratings</summary>
        <div className="filters">
          <label className="field">
            <span>From</span>
            <input type="date" name="from" defaultValue={fields.from} />
          </label>
          <label className="field">
            <span>To</span>
            <input type="date" name="to" defaultValue={fields.to} />
          </label>
          <Choose
            name="category"
            label="Category"
            all="All categories"
            value={fields.category}
            options={choices.categories}
          />
          <Choose name="user" label="User segment" all="All users" value={fields.user} options={choices.userSegments} />
          <label className="field">
            <span>Rater</span>
            <select name="rater" defaultValue={fields.rater}>
              <option value="">All raters</option>
              {choices.raters.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>Ratings</span>
            <select name="source" defaultValue={fields.source}>
              <option value="">All sources</option>
              <option value="app">Made here</option>
              <option value="import">Imported</option>
              <option value="simulated">Simulated</option>
            </select>
          </label>
        </div>
      </details>
    </Form>
  )
}

function Period({
  name,
  label,
  periods,
  value,
}: {
  name: string
  label: string
  periods: readonly Named[]
  value: string
}) {
  return (
    <label className="field">
      <span>{label}</span>
      <select name={name} defaultValue={value}>
        {periods.map(({ key, name: text }) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}

function Choose({
  name,
  label,
  all,
  value,
  options,
}: {
  name: string
  label: string
  all: string
  value: string
  options: readonly string[]
}) {
  return (
    <label className="field">
      <span>{label}</span>
      <select name={name} defaultValue={value}>
        <option value="">{all}</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </label>
  )
}
