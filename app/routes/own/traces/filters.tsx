import { Form } from '@remix-run/react'
import type { TraceQuery } from '#app/evaluation/traces/list.ts'
import { UNASSIGNED } from '#app/evaluation/traces/unassigned.ts'
import { Choice } from '#app/ui/choice.tsx'
import { SearchField } from '#app/ui/search-field.tsx'

const SET_WORDS = {
  open: 'Open',
  unassigned: 'Open, unassigned',
  sampled: 'Made into cases',
  excluded: 'Left out',
  duplicate: 'Merged into others',
  all: 'All',
} as const

type Lists = { categories: readonly string[]; userSegments: readonly string[]; systems: readonly string[] }

/** What the list is narrowed by. A form like any other: it works before the page is alive. */
export function TraceFilters({ query, lists }: { query: TraceQuery; lists: Lists }) {
  return (
    <Form className="filters" key={JSON.stringify(query)}>
      <SearchField label="Words in key and input" value={query.search} />
      <Choice label="Which" name="set" value={query.set}>
        {Object.entries(SET_WORDS).map(([set, label]) => (
          <option key={set} value={set}>
            {label}
          </option>
        ))}
      </Choice>
      <Choice label="Category" name="category" value={query.category ?? ''}>
        <Names names={lists.categories} />
      </Choice>
      <Choice label="User segment" name="segment" value={query.userSegment ?? ''}>
        <Names names={lists.userSegments} />
      </Choice>
      {lists.systems.length > 0 ? (
        <Choice label="System version" name="system" value={query.system ?? ''}>
          <option value="">All</option>
          {lists.systems.map((system) => (
            <option key={system}>{system}</option>
          ))}
        </Choice>
      ) : null}
      <Choice label="Sorted by" name="order" value={query.order}>
        <option value="newest">Imported last</option>
        <option value="latest">Occurred last</option>
        <option value="key">Key</option>
      </Choice>
      <button type="submit">Apply</button>
    </Form>
  )
}

const Names = ({ names }: { names: readonly string[] }) => (
  <>
    <option value="">All</option>
    {names.map((name) => (
      <option key={name}>{name}</option>
    ))}
    <option value={UNASSIGNED}>Unassigned</option>
  </>
)
