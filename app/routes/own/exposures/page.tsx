import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { plural } from '#app/evaluation/figure.ts'
import { listWaiting } from '#app/evaluation/seal/break-glass.ts'
import { exposedPeople, listExposures } from '#app/evaluation/seal/exposures.ts'
import { listCanaries } from '#app/evaluation/seal/seal-of.ts'
import { pageOf } from '#app/http/query.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Empty, Page, Section } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { PoolTabs } from '../pools/tabs.tsx'
import { Canaries } from './canaries.tsx'
import { exposureFilter, PURPOSES } from './query.ts'
import { ExposureTable } from './table.tsx'
import { Waiting } from './waiting.tsx'

export const meta: MetaFunction = () => [{ title: 'Exposures · Assay' }]

const SIZE = 50

/** The ledger: who opened which sealed case, when and what for. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'exposures.read')
  const query = new URL(request.url).searchParams
  return answering(async () => {
    const page = pageOf(query)
    const listed = await listExposures(store(), scope, { ...exposureFilter(query), page, size: SIZE })
    return {
      ...listed,
      page,
      persons: await exposedPeople(store(), scope),
      canaries: await listCanaries(store(), scope),
      waiting: can(scope.roles, 'seals.break') ? await listWaiting(store(), scope) : [],
      mayReadCases: can(scope.roles, 'cases.read'),
    }
  })
}

const LABELS = Object.entries(PURPOSES)

export default function Exposures() {
  const loaded = useLoaderData<typeof loader>()
  const { exposures, total, cases, people, page, persons, canaries, waiting, mayReadCases } = loaded
  const [query] = useSearchParams()
  const filtered = ['case', 'person', 'for', 'from', 'to'].some((name) => query.get(name))
  return (
    <Page
      title="Exposures"
      actions={
        <a className="button" href={`exposures.csv?${query}`} download>
          CSV
        </a>
      }
    >
      <PoolTabs />
      <p className="soft">
        Each time a sealed case was shown to somebody. It is written before it is shown, and never changed or deleted.
        Lists, searches, exports and the command line show no sealed text, so that they are not in here.
      </p>
      {waiting.length > 0 ? <Waiting waiting={waiting} /> : null}
      <Section
        id="openings"
        title="Openings"
        lead={
          total > 0
            ? `${plural(total, 'opening')} of ${plural(cases, 'case')} by ${people === 1 ? 'one person' : `${people} people`}.`
            : null
        }
      >
        <Form className="filters" key={query.toString()}>
          <label className="field">
            <span>Key of a case</span>
            <input name="case" type="search" defaultValue={query.get('case') ?? ''} maxLength={200} />
          </label>
          <label className="field">
            <span>Person</span>
            <select name="person" defaultValue={query.get('person') ?? ''}>
              <option value="">Anybody</option>
              {persons.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>For</span>
            <select name="for" defaultValue={query.get('for') ?? ''}>
              <option value="">Anything</option>
              {LABELS.map(([purpose, label]) => (
                <option key={purpose} value={purpose}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>From (UTC)</span>
            <input type="date" name="from" defaultValue={query.get('from') ?? ''} />
          </label>
          <label className="field">
            <span>To (UTC)</span>
            <input type="date" name="to" defaultValue={query.get('to') ?? ''} />
          </label>
          <button type="submit">Apply</button>
        </Form>
        {exposures.length > 0 ? (
          <ExposureTable exposures={exposures} linked={mayReadCases} />
        ) : filtered ? (
          <Empty
            title="No opening fits"
            action={
              <Link className="button" to=".">
                Show all
              </Link>
            }
          >
            The key has to be a case’s whole key; days are days of UTC.
          </Empty>
        ) : (
          <Empty title="Nothing sealed was opened yet">
            As soon as a rater is handed an item of a sealed case, its opening is listed here.
          </Empty>
        )}
        <Paging page={page} size={SIZE} total={total} of="openings" />
      </Section>
      {canaries.length > 0 ? <Canaries canaries={canaries} /> : null}
    </Page>
  )
}
