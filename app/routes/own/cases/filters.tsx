import { Form } from '@remix-run/react'
import type { CaseQuery } from '#app/evaluation/cases/list.ts'
import type { SegmentTable } from '#app/evaluation/cases/segments.ts'
import { Choice } from '#app/ui/choice.tsx'
import { SearchField } from '#app/ui/search-field.tsx'

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
  return (
    <Form className="filters" key={JSON.stringify(query)}>
      <SearchField label="Words in key and input" value={query.search} />
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
