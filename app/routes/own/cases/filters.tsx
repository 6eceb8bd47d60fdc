import { Form } from '@remix-run/react'
import { type ReactNode, useRef } from 'react'
import type { CaseQuery } from '#app/evaluation/cases/list.ts'
import type { SegmentTable } from '#app/evaluation/cases/segments.ts'
import { useShortcut } from '#app/ui/use-shortcut.ts'

/** What the list is narrowed by. A form like any other: it works before the page is alive. */
export function CaseFilters({
  query,
  segments,
  archived,
}: {
  query: CaseQuery
  segments: SegmentTable
  archived: number
}) {
  const search = useRef<HTMLInputElement>(null)
  useShortcut((event, where) => {
    if (event.key !== '/' || where !== 'page' || event.ctrlKey || event.metaKey || event.altKey) return false
    search.current?.focus()
    search.current?.select()
    return true
  })
  return (
    <Form className="filters" key={JSON.stringify(query)}>
      <label className="field search">
        <span>
          Words in key and input <kbd>/</kbd>
        </span>
        <input type="search" name="q" ref={search} defaultValue={query.search} />
      </label>
      <Choice label="Category" name="category" value={query.category ?? ''}>
        <option value="">All</option>
        {segments.categories.map(({ category }) => (
          <option key={category}>{category}</option>
        ))}
      </Choice>
      <Choice label="User segment" name="segment" value={query.userSegment ?? ''}>
        <option value="">All</option>
        {segments.userSegments.map((segment) => (
          <option key={segment}>{segment}</option>
        ))}
      </Choice>
      <Choice label="Pool" name="pool" value={query.pool ?? ''}>
        <option value="">All</option>
        <option value="active">Active</option>
        <option value="holdout">Holdout</option>
        <option value="retired">Retired</option>
      </Choice>
      <Choice label="References" name="references" value={query.references}>
        <option value="any">Any</option>
        <option value="validated">Both validated</option>
        <option value="both">Both, checked or not</option>
        <option value="missing">Missing</option>
      </Choice>
      {archived > 0 || query.state === 'archived' ? (
        <Choice label="State" name="state" value={query.state}>
          <option value="current">Current</option>
          <option value="archived">Archived</option>
        </Choice>
      ) : null}
      <Choice label="Sorted by" name="order" value={query.order}>
        <option value="newest">Newest</option>
        <option value="key">Key</option>
      </Choice>
      <button type="submit">Apply</button>
    </Form>
  )
}

function Choice({ label, name, value, children }: { label: string; name: string; value: string; children: ReactNode }) {
  return (
    <label className="field">
      <span>{label}</span>
      <select name={name} defaultValue={value}>
        {children}
      </select>
    </label>
  )
}
