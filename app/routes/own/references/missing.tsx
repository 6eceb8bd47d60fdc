import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { agreementChoices } from '#app/evaluation/agreement/choices.ts'
import { plural } from '#app/evaluation/figure.ts'
import { countWhole, listMissing, MISSING_PER_PAGE } from '#app/evaluation/references/missing.ts'
import { type Asked, askFor, askForAll, withdrawTask } from '#app/evaluation/references/tasks/ask.ts'
import { amongst, textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { pageOf } from '#app/http/query.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Empty, Page } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { MissingFilters } from './missing-filters.tsx'
import { MissingTable } from './missing-table.tsx'
import { missingFilterOf } from './query.ts'
import { ReferenceTabs } from './tabs.tsx'
import { waitingFor } from './waiting.server.ts'

export const meta: MetaFunction = () => [{ title: 'Missing references · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'cases.read')
  const query = new URL(request.url).searchParams
  return answering(async () => {
    const filter = missingFilterOf(query)
    const page = pageOf(query)
    const { categories, userSegments } = await agreementChoices(store(), scope)
    return {
      filter,
      page,
      ...(await listMissing(store(), scope, { ...filter, page })),
      size: MISSING_PER_PAGE,
      counts: await countWhole(store(), scope),
      lists: { categories, userSegments },
      waiting: await waitingFor(scope),
      mayAsk: can(scope.roles, 'references.ask'),
    }
  })
}

/** Asks for those ticked, or for all that fit; or takes back what was asked for. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'references.ask')
  try {
    const form = await receiveForm(request)
    switch (amongst(form, 'intent', ['ask', 'ask-all', 'withdraw'] as const)[0]) {
      case 'ask':
        return data({ faults: null, done: inWords(await askFor(store(), scope, wantedIn(form))) })
      case 'ask-all': {
        const filter = missingFilterOf(new URL(request.url).searchParams)
        const asked = await askForAll(store(), scope, filter)
        const left = asked.left > 0 ? ` ${plural(asked.left, 'more is', 'more are')} left: press it again.` : ''
        return data({ faults: null, done: `${inWords(asked)}${left}` })
      }
      case 'withdraw':
        await withdrawTask(store(), scope, textOf(form, 'task'))
        return data({ faults: null, done: 'It is no longer asked for.' })
      default:
        return data({ faults: null, done: null })
    }
  } catch (error) {
    const faults = errorsOf(error)
    return data({ faults, done: null }, { status: faults.status })
  }
}

function wantedIn(form: FormData) {
  return form.getAll('wanted').flatMap((value) => {
    const [quality, caseId] = typeof value === 'string' ? value.split(' ') : []
    return caseId && (quality === 'high' || quality === 'borderline') ? [{ caseId, quality } as const] : []
  })
}

function inWords({ write, check }: Asked): string {
  if (write + check === 0) return 'Nothing new was asked for: tick what nobody is at work on.'
  const parts = [
    ...(write > 0 ? [`${plural(write, 'reference')} to be written`] : []),
    ...(check > 0 ? [`${plural(check, 'reference')} to be checked`] : []),
  ]
  return `Asked for ${parts.join(' and ')}.`
}

export default function Missing() {
  const { filter, page, size, missing, total, counts, lists, waiting, mayAsk } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  return (
    <Page title="Missing references">
      <ReferenceTabs waiting={waiting} />
      {result?.done ? (
        <p className="banner" data-tone="good" role="status">
          {result.done}
        </p>
      ) : null}
      <FormFaults faults={result?.faults ?? undefined} />
      {counts.cases === 0 ? (
        <Empty title="No cases yet" action={<Link to="../cases">Cases</Link>}>
          Every active case needs a high and a borderline reference that a second person has validated. What is missing
          appears here.
        </Empty>
      ) : (
        <>
          <p className="finding">
            {counts.whole === counts.cases
              ? `Every case has a validated reference of both qualities: ${counts.cases.toLocaleString('en')} of them.`
              : `${counts.whole.toLocaleString('en')} of ${counts.cases.toLocaleString('en')} cases have a validated high and a validated borderline reference.`}
          </p>
          <section className="section" aria-labelledby="list">
            <h2 id="list" className="unseen">
              List of what is missing
            </h2>
            <MissingFilters filter={filter} lists={lists} />
            {missing.length === 0 ? (
              <Empty
                title="Nothing is missing here"
                action={
                  <Link className="button" to=".">
                    Show all
                  </Link>
                }
              >
                Try another segment, quality or pool.
              </Empty>
            ) : (
              <Form method="post" className="section" key={JSON.stringify([filter, page, result?.done])}>
                <MissingTable missing={missing} mayAsk={mayAsk} />
                {mayAsk ? (
                  <fieldset className="bulk">
                    <legend>With those ticked</legend>
                    <Submit kind="primary" name="intent" value="ask">
                      Ask for them
                    </Submit>
                  </fieldset>
                ) : null}
              </Form>
            )}
            <Paging page={page} size={size} total={total} of="missing references" />
            {mayAsk && total > 0 ? <AskAll total={total} /> : null}
          </section>
        </>
      )}
    </Page>
  )
}

function AskAll({ total }: { total: number }) {
  return (
    <details className="ask">
      <summary>Ask for all that fit</summary>
      <Form method="post">
        <p>
          Of the {plural(total, 'missing reference')} that fit the filters above, on all pages: those written and not
          checked are asked to be checked, the others to be written. What is asked for already stays as it is, and
          everything can be taken back while nobody is at work on it.
        </p>
        <Submit name="intent" value="ask-all">
          Ask for all that fit
        </Submit>
      </Form>
    </details>
  )
}
