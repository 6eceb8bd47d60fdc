import { Form } from '@remix-run/react'
import type { MissingFilter } from '#app/evaluation/references/missing.ts'
import { Choice } from '#app/ui/choice.tsx'

/** What the list is narrowed by. */
export function MissingFilters({
  filter,
  lists,
}: {
  filter: MissingFilter
  lists: { categories: string[]; userSegments: string[] }
}) {
  return (
    <Form className="filters" key={JSON.stringify(filter)}>
      <Choice label="Category" name="category" value={filter.category ?? ''}>
        <option value="">All</option>
        {lists.categories.map((category) => (
          <option key={category}>{category}</option>
        ))}
      </Choice>
      <Choice label="User segment" name="segment" value={filter.userSegment ?? ''}>
        <option value="">All</option>
        {lists.userSegments.map((segment) => (
          <option key={segment}>{segment}</option>
        ))}
      </Choice>
      <Choice label="Quality" name="quality" value={filter.quality ?? ''}>
        <option value="">Both</option>
        <option value="high">High</option>
        <option value="borderline">Borderline</option>
      </Choice>
      <Choice label="Pool" name="pool" value={filter.pool ?? ''}>
        <option value="">Active and holdout</option>
        <option value="active">Active</option>
        <option value="holdout">Holdout</option>
      </Choice>
      <Choice label="Asked for" name="asked" value={filter.asked}>
        <option value="any">Whether or not</option>
        <option value="no">Not yet</option>
        <option value="yes">Already</option>
      </Choice>
      <button type="submit">Apply</button>
    </Form>
  )
}
