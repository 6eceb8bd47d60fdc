import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import type { ScanFindings } from '#app/evaluation/contamination/findings.ts'
import { readScan } from '#app/evaluation/contamination/scans/list.ts'
import { pageOf } from '#app/http/query.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Page } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { When } from '#app/ui/when.tsx'
import { usePolling } from '../imports/use-polling.ts'
import { PoolTabs } from '../pools/tabs.tsx'
import { Canaries, Faults, Leaks } from './findings.tsx'
import { foundIn, isPending } from './table.tsx'

export const meta: MetaFunction = () => [{ title: 'Scan · Assay' }]

const SIZE = 100
const POLL_MS = 1_000

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'scan.run')
  const page = pageOf(new URL(request.url).searchParams)
  const { findings, ...scan } = await answering(() => readScan(store(), scope, params.scan ?? ''))
  const leaks =
    findings?.files.flatMap(({ name, leaks: found }) => found.map((leak) => ({ ...leak, file: name }))) ?? []
  return {
    scan,
    done: findings && { ...foundIn(findings), known: findings.cases, tooShort: findings.tooShort },
    canaries: findings?.files.flatMap(canariesIn) ?? [],
    faults: findings?.files.flatMap(({ name, fault }) => (fault === null ? [] : [{ name, fault }])) ?? [],
    leaks: leaks.slice((page - 1) * SIZE, page * SIZE),
    total: leaks.length,
    page,
    mayOpen: can(scope.roles, 'cases.read'),
  }
}

const canariesIn = ({ name, canaries }: ScanFindings['files'][number]) =>
  canaries.map((canary) => ({ ...canary, file: name }))

const n = (count: number): string => count.toLocaleString('en')

export default function Scan() {
  const { scan, done, canaries, faults, leaks, total, page, mayOpen } = useLoaderData<typeof loader>()
  const pending = isPending(scan)
  usePolling(pending, POLL_MS)
  const many = scan.fileNames.length
  return (
    <Page title={many === 1 ? (scan.fileNames[0] ?? '') : `${many} files`}>
      <PoolTabs />
      <p className="soft">
        <Link to="../scan">All scans</Link> · {n(Math.ceil(scan.bytes / 1000))} kB, by {scan.by},{' '}
        <When at={scan.createdAt} time />
        {many > 1 ? ` · ${scan.fileNames.join(', ')}` : ''}
      </p>
      <div aria-live="polite" className="section">
        {pending ? (
          <>
            <p className="finding">
              {scan.progress === null ? 'Waiting for its turn.' : `${Math.floor(100 * scan.progress)} % searched.`}
            </p>
            <progress value={scan.progress ?? 0} aria-label="How far the scan is" />
            <p className="soft">You may leave this page; the scan goes on.</p>
            <noscript>
              <a className="button" href={scan.id}>
                Look again
              </a>
            </noscript>
          </>
        ) : null}
        {scan.failed === null ? null : (
          <p className="banner" data-tone="bad">
            {scan.failed}
          </p>
        )}
        {done ? (
          <div>
            <p className="finding">
              {done.cases === 0
                ? `None of ${n(done.known)} cases was found.`
                : `${n(done.cases)} of ${n(done.known)} cases ${done.cases === 1 ? 'was' : 'were'} found.`}
            </p>
            <p className="soft">
              {done.cases > 0
                ? 'What a prompt holds measures the prompt. Take it out of the file, or archive the case. '
                : ''}
              {done.tooShort > 0 ? `Texts of fewer than four words were not looked for: ${n(done.tooShort)}.` : ''}
            </p>
          </div>
        ) : null}
      </div>
      <Canaries canaries={canaries} />
      <Faults faults={faults} />
      <Leaks leaks={leaks} several={many > 1} mayOpen={mayOpen} />
      <Paging page={page} size={SIZE} total={total} of="findings" />
    </Page>
  )
}
