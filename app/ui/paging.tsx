import { Link, useSearchParams } from '@remix-run/react'

/** Where in a long list one is, and the ways on and back. `page` counts from 1. */
export function Paging({
  page,
  size,
  total,
  of,
  name = 'page',
}: {
  page: number
  size: number
  total: number
  of: string
  /** Of the parameter in the address, where a page has several lists. */
  name?: string
}) {
  const [params] = useSearchParams()
  const pages = Math.max(1, Math.ceil(total / size))
  if (total === 0) return null
  const to = (next: number) => {
    const there = new URLSearchParams(params)
    there.set(name, String(next))
    return `?${there}`
  }
  return (
    <nav className="row" aria-label={`Pages of ${of}`}>
      <span className="soft">
        {((page - 1) * size + 1).toLocaleString('en')} to {Math.min(page * size, total).toLocaleString('en')} of{' '}
        {total.toLocaleString('en')}
      </span>
      {pages > 1 ? (
        <span className="row aside">
          {page > 1 ? (
            <Link className="button" to={to(page - 1)} rel="prev">
              Previous
            </Link>
          ) : (
            <span className="button" aria-disabled="true">
              Previous
            </span>
          )}
          {page < pages ? (
            <Link className="button" to={to(page + 1)} rel="next">
              Next
            </Link>
          ) : (
            <span className="button" aria-disabled="true">
              Next
            </span>
          )}
        </span>
      ) : null}
    </nav>
  )
}
