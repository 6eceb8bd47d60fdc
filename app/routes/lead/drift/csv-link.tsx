import { useSearchParams } from '@remix-run/react'

/** The table of a section as a file, under the filters of the page. */
export function CsvLink({ table, dimension }: { table: string; dimension?: string | undefined }) {
  const [params] = useSearchParams()
  const there = new URLSearchParams(params)
  there.set('table', table)
  if (dimension !== undefined) there.set('dimension', dimension)
  return (
    <a href={`drift.csv?${there}`} aria-label={`CSV of ${table}`}>
      CSV
    </a>
  )
}
