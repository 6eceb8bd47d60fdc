import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { type ListedImport, listImports, uploadable } from '#app/evaluation/imports/list.ts'
import { pageOf } from '#app/http/query.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Empty, Page } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { When } from '#app/ui/when.tsx'
import { KIND_WORDS } from './kinds.ts'
import { ImportState } from './state.tsx'
import { usePolling } from './use-polling.ts'

export const meta: MetaFunction = () => [{ title: 'Imports · Assay' }]

const SIZE = 50
const POLL_MS = 3_000

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'imports.read')
  const page = pageOf(new URL(request.url).searchParams)
  const found = await answering(() => listImports(store(), scope, { page, size: SIZE }))
  return { ...found, page, mayImport: uploadable(scope).length > 0 }
}

const n = (count: number) => count.toLocaleString('en')

export default function Imports() {
  const { imports, total, page, mayImport } = useLoaderData<typeof loader>()
  usePolling(
    imports.some(({ state }) => state === 'waiting' || state === 'running'),
    POLL_MS,
  )
  const link = mayImport ? (
    <Link className="button primary" to="../imports/new">
      Import a file
    </Link>
  ) : null
  if (total === 0) {
    return (
      <Page title="Imports">
        <Empty title="Nothing imported here yet" action={link}>
          Cases, responses, references, ratings and rubrics come in as files. What is imported by the command line
          stands in the audit log, not here.
        </Empty>
      </Page>
    )
  }
  return (
    <Page title="Imports" actions={link}>
      <Scroll label="Imports">
        <table className="imports">
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">Holds</th>
              <th scope="col">State</th>
              <th scope="col">What came of it</th>
              <th scope="col">By</th>
              <th scope="col" className="number">
                When
              </th>
            </tr>
          </thead>
          <tbody>
            {imports.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <Link to={one.id}>{one.fileName}</Link>
                </th>
                <td>{KIND_WORDS[one.kind].label}</td>
                <td>
                  <ImportState {...one} />
                </td>
                <td>{outcome(one)}</td>
                <td>{one.by}</td>
                <td className="number">
                  <When at={one.createdAt} time />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Paging page={page} size={SIZE} total={total} of="imports" />
    </Page>
  )
}

function outcome({ done, failed }: ListedImport): string {
  if (done) return `${n(done.added)} added, ${n(done.unchanged)} unchanged`
  if (!failed) return ''
  return failed.errors.length > 0 ? `Nothing: ${n(failed.errors.length)} errors` : 'Nothing'
}
