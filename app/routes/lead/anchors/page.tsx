import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { pickAnchor, restoreAnchor, retireAnchor } from '#app/evaluation/anchors/keep.ts'
import { listAnchors } from '#app/evaluation/anchors/list.ts'
import type { AnchorCounts } from '#app/evaluation/anchors/shown.ts'
import { ANCHORS_A_PAGE } from '#app/evaluation/anchors/shown.ts'
import { plural } from '#app/evaluation/figure.ts'
import { textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { pageOf } from '#app/http/query.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Empty, Page } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { AnchorTable } from './table.tsx'

export const meta: MetaFunction = () => [{ title: 'Anchors · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'rounds.read')
  const query = new URL(request.url).searchParams
  const state = query.get('state') === 'retired' ? ('retired' as const) : ('active' as const)
  const page = pageOf(query)
  const drawn = Number(query.get('drawn')) || 0
  const { anchors, counts } = await answering(() => listAnchors(store(), scope, { state, page }))
  return { anchors, counts, state, page, size: ANCHORS_A_PAGE, drawn, mayWrite: can(scope.roles, 'anchors.write') }
}

/** Makes a response an anchor, retires one, or brings one back; from this page, the search, or the page of a case. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'anchors.write')
  const form = await answering(() => receiveForm(request))
  const home = `/p/${scope.project.slug}`
  try {
    switch (textOf(form, 'intent')) {
      case 'pick':
        await pickAnchor(store(), scope, textOf(form, 'response'))
        break
      case 'retire':
        await retireAnchor(store(), scope, textOf(form, 'anchor'))
        break
      case 'restore':
        await restoreAnchor(store(), scope, textOf(form, 'anchor'))
        break
      default:
        return data({ faults: { fields: {}, message: OLDER } }, { status: 400 })
    }
  } catch (error) {
    const faults = errorsOf(error)
    return data({ faults }, { status: faults.status })
  }
  const of = textOf(form, 'case')
  if (/^[\w-]+$/.test(of)) throw redirect(`${home}/cases/${of}#responses`)
  const words = textOf(form, 'q')
  if (form.has('q'))
    throw redirect(`${home}/anchors/pick?${new URLSearchParams({ q: words, page: textOf(form, 'page') })}`)
  throw redirect(textOf(form, 'intent') === 'restore' ? `${home}/anchors?state=retired` : `${home}/anchors`)
}

const OLDER = 'This page is older than the server. Load it again, then try again.'

const TABS = [
  ['active', 'In use'],
  ['retired', 'Retired'],
] as const

export default function Anchors() {
  const { anchors, counts, state, page, size, drawn, mayWrite } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const ways = mayWrite ? (
    <>
      <Link className="button" to="pick">
        Pick by hand
      </Link>
      <Link className="button primary" to="draw">
        Draw anchors
      </Link>
    </>
  ) : null
  if (counts.active + counts.retired === 0)
    return (
      <Page title="Anchors">
        <Empty title="No anchor yet" action={ways ? <p className="row">{ways}</p> : null}>
          An anchor is a response that is rated again, blind, in round after round. What changes in its ratings has
          changed in the raters or in how they read the rubric: without anchors that cannot be told from a change of the
          product. Draw them from responses rated already; some forty are a good beginning.
        </Empty>
      </Page>
    )
  return (
    <Page title="Anchors" actions={ways}>
      <FormFaults faults={done?.faults} />
      {drawn > 0 ? (
        <p className="banner" role="status">
          {plural(drawn, 'anchor')} {drawn === 1 ? 'was' : 'were'} drawn. Ask for them in a new round: they are mixed in
          as a share of its items.
        </p>
      ) : null}
      <div className="section">
        <p className="finding">{inWords(counts)}</p>
        <p className="soft">
          Raters are never told which items are anchors. <Link to="../rounds">All rounds</Link>
        </p>
        <nav className="tabs" aria-label="Anchors by state">
          {TABS.map(([value, label]) => (
            <Link key={value} to={`?state=${value}`} aria-current={value === state ? 'page' : undefined}>
              {label} <span className="faint">{counts[value]}</span>
            </Link>
          ))}
        </nav>
        {anchors.length === 0 ? (
          <p className="soft">{state === 'retired' ? 'None is retired.' : 'None is in use.'}</p>
        ) : (
          <AnchorTable anchors={anchors} mayWrite={mayWrite} />
        )}
        <Paging page={page} size={size} total={counts[state]} of="anchors" />
      </div>
    </Page>
  )
}

const inWords = ({ active, retired }: AnchorCounts): string => {
  const used = `${plural(active, 'anchor')} ${active === 1 ? 'is' : 'are'} mixed into rounds that ask for them`
  return retired === 0 ? `${used}.` : `${used}; ${plural(retired, 'is retired', 'are retired')}.`
}
