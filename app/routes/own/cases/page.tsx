import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { countCases, listCases } from '#app/evaluation/cases/list.ts'
import { countSegments } from '#app/evaluation/cases/segments.ts'
import { overdueRotation } from '#app/evaluation/rotation/calendar.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Empty, Page } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { RotationDue } from '../rotations/due.tsx'
import { openDue } from '../rotations/open-due.server.ts'
import { CaseFilters } from './filters.tsx'
import { caseQueryOf } from './query.ts'
import { Segments } from './segments.tsx'
import { CaseTable } from './table.tsx'

export const meta: MetaFunction = () => [{ title: 'Cases · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'cases.read')
  const query = caseQueryOf(new URL(request.url).searchParams)
  return answering(async () => {
    await openDue(scope)
    const [counts, segments, { cases, total }] = [
      await countCases(store(), scope),
      await countSegments(store(), scope),
      await listCases(store(), scope, query),
    ]
    const overdue = await overdueRotation(store(), scope)
    return { query, counts, segments, cases, total, overdue, mayImport: can(scope.roles, 'cases.write') }
  })
}

export default function Cases() {
  const { query, counts, segments, cases, total, overdue, mayImport } = useLoaderData<typeof loader>()
  const importLink = (
    <Link className="button" to="../imports/new">
      Import
    </Link>
  )
  if (counts.current + counts.archived === 0) {
    return (
      <Page title="Cases">
        <Empty title="No cases yet" action={mayImport ? importLink : null}>
          A case is what a user asked, with the documents an answer may rest on. Bring them in as a file, JSONL or CSV;
          the page for it shows the columns and has an example to begin with.
        </Empty>
      </Page>
    )
  }
  return (
    <Page title="Cases" actions={mayImport ? importLink : null}>
      <RotationDue overdue={overdue} />
      {segments.all > 0 ? <Segments table={segments} /> : null}
      <section className="section" aria-labelledby="list">
        <h2 id="list" className="unseen">
          List of cases
        </h2>
        <CaseFilters query={query} segments={segments} archived={counts.archived} />
        {cases.length === 0 ? (
          <Empty
            title="No case fits"
            action={
              <Link className="button" to=".">
                Show all
              </Link>
            }
          >
            {query.state === 'archived' && counts.archived === 0
              ? 'No case is archived.'
              : 'Try fewer words, or another category, user segment or kind of references.'}
          </Empty>
        ) : (
          <CaseTable cases={cases} />
        )}
        <Paging page={query.page} size={query.size} total={total} of="cases" />
      </section>
    </Page>
  )
}
