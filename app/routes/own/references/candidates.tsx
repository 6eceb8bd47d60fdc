import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { renderMarkdown } from '#app/evaluation/markdown.server.ts'
import {
  CANDIDATES_PER_PAGE,
  declineCandidate,
  listCandidates,
  takeUpCandidate,
} from '#app/evaluation/references/candidates.ts'
import { amongst, textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { pageOf } from '#app/http/query.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Empty, Page } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { CandidateCard } from './candidate.tsx'
import { ReferenceTabs } from './tabs.tsx'
import { waitingFor } from './waiting.server.ts'

export const meta: MetaFunction = () => [{ title: 'Better answers · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'cases.read')
  const page = pageOf(new URL(request.url).searchParams)
  return answering(async () => {
    const { candidates, total } = await listCandidates(store(), scope, page)
    return {
      candidates: candidates.map(({ text, ...one }) => ({ ...one, html: text === '' ? null : renderMarkdown(text) })),
      total,
      page,
      size: CANDIDATES_PER_PAGE,
      waiting: await waitingFor(scope),
      mayDecide: can(scope.roles, 'references.ask'),
      slug: scope.project.slug,
    }
  })
}

/** Takes a better answer up, as either quality, or declines it. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'references.ask')
  try {
    const form = await receiveForm(request)
    const id = textOf(form, 'reference')
    switch (amongst(form, 'intent', ['high', 'borderline', 'decline'] as const)[0]) {
      case 'high':
        await takeUpCandidate(store(), scope, id, 'high')
        return data({ faults: null, done: 'Taken up as a high reference. Somebody else is asked to check it.' })
      case 'borderline':
        await takeUpCandidate(store(), scope, id, 'borderline')
        return data({ faults: null, done: 'Taken up as a borderline reference. Somebody else is asked to check it.' })
      case 'decline':
        await declineCandidate(store(), scope, id, textOf(form, 'note'))
        return data({ faults: null, done: 'Declined. It stays on the case’s page.' })
      default:
        return data({ faults: null, done: null })
    }
  } catch (error) {
    const faults = errorsOf(error)
    const message = faults.fields.text ?? faults.message
    return data({ faults: { ...faults, fields: {}, message }, done: null }, { status: faults.status })
  }
}

export default function Candidates() {
  const { candidates, total, page, size, waiting, mayDecide, slug } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  return (
    <Page title="Better answers">
      <ReferenceTabs waiting={waiting} />
      {result?.done ? (
        <p className="banner" data-tone="good" role="status">
          {result.done}
        </p>
      ) : null}
      <FormFaults faults={result?.faults ?? undefined} />
      {total === 0 ? (
        <Empty title="Nothing to decide">
          A rater who writes a better answer beside a rating offers it here. You take it up as a high or a borderline
          reference, which somebody else then checks, or decline it.
        </Empty>
      ) : (
        <div className="candidates">
          {candidates.map((candidate) => (
            <CandidateCard
              key={candidate.id}
              candidate={candidate}
              ofCase={{ to: `/p/${slug}/cases/${candidate.case.id}`, ...candidate.case }}
              decideAt={mayDecide ? `/p/${slug}/references/candidates` : null}
            />
          ))}
        </div>
      )}
      <Paging page={page} size={size} total={total} of="better answers" />
    </Page>
  )
}
