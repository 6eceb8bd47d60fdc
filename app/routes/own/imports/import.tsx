import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { type ListedImport, readImport, uploadable } from '#app/evaluation/imports/list.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Page } from '#app/ui/page.tsx'
import { When } from '#app/ui/when.tsx'
import { ErrorTable } from './errors.tsx'
import { KIND_WORDS } from './kinds.ts'
import { ImportState } from './state.tsx'
import { usePolling } from './use-polling.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.one.fileName} · Imports · Assay` : 'Import · Assay' },
]

const POLL_MS = 1_000

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'imports.read')
  const one = await answering(() => readImport(store(), scope, params.job ?? ''))
  return { one, mayImport: uploadable(scope).includes(one.kind) }
}

const n = (count: number) => count.toLocaleString('en')

const NEXT: Record<ListedImport['kind'], { to: string; label: string }> = {
  cases: { to: '../cases', label: 'See the cases' },
  responses: { to: '../systems', label: 'See the system versions' },
  references: { to: '../cases?references=both', label: 'See the cases with both references' },
  ratings: { to: '../agreement', label: 'See how far the raters agree' },
  traces: { to: '../traces', label: 'See the traces' },
  rubric: { to: '../rubrics', label: 'See the rubric' },
}

export default function Import() {
  const { one, mayImport } = useLoaderData<typeof loader>()
  const pending = one.state === 'waiting' || one.state === 'running'
  usePolling(pending, POLL_MS)
  return (
    <Page
      title={one.fileName}
      note={<ImportState state={one.state} progress={null} />}
      actions={
        mayImport && !pending ? (
          <Link className="button" to={one.kind === 'traces' ? '../traces/new' : `../imports/new?kind=${one.kind}`}>
            Import another file
          </Link>
        ) : null
      }
    >
      <p className="soft">
        <Link to="../imports">All imports</Link> · {KIND_WORDS[one.kind].label}, {n(Math.ceil(one.bytes / 1000))} kB,
        from {one.by}, <When at={one.createdAt} time />
      </p>
      <div aria-live="polite" className="section">
        {pending ? <Pending one={one} /> : null}
        {one.done ? <Done one={one} done={one.done} /> : null}
        {one.failed ? (
          <p className="banner" data-tone="bad">
            {one.failed.message}
          </p>
        ) : null}
      </div>
      {one.failed && one.failed.errors.length > 0 ? <ErrorTable errors={one.failed.errors} /> : null}
    </Page>
  )
}

function Pending({ one }: { one: ListedImport }) {
  return (
    <>
      <p className="finding">
        {one.progress === null ? 'Waiting for its turn.' : `${Math.floor(100 * one.progress)} % done.`}
      </p>
      <progress value={one.progress ?? 0} aria-label="How far the import is" />
      <p className="soft">
        You may leave this page; the import goes on. Nothing of the file is in the project until all of it is.
      </p>
      <noscript>
        <a className="button" href={one.id}>
          Look again
        </a>
      </noscript>
    </>
  )
}

function Done({ one, done }: { one: ListedImport; done: NonNullable<ListedImport['done']> }) {
  const next = NEXT[one.kind]
  return (
    <>
      <p className="finding">
        {done.added === 0
          ? `Nothing was new: all ${n(done.unchanged)} records are in the project already.`
          : `${n(done.added)} of ${n(done.records)} records were added${
              done.unchanged > 0 ? `; the other ${n(done.unchanged)} were in the project already` : ''
            }.`}
      </p>
      {done.notes.length > 0 ? (
        <ul className="plain soft">
          {done.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
      <p>
        <Link className="button primary" to={next.to}>
          {next.label}
        </Link>
      </p>
    </>
  )
}
