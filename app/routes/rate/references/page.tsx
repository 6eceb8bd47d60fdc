import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { listTasks, TASKS_PER_PAGE, type TaskKind } from '#app/evaluation/references/tasks/list.ts'
import { takeTask } from '#app/evaluation/references/tasks/take.ts'
import { textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { pageOf } from '#app/http/query.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Empty, Page, Section } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { ReferenceTabs } from '../../own/references/tabs.tsx'
import { waitingFor } from '../../own/references/waiting.server.ts'
import { TaskTable } from './table.tsx'

export const meta: MetaFunction = () => [{ title: 'References · Assay' }]

const KINDS: readonly TaskKind[] = ['write', 'check']

/** What the person may write or check, and what they have in hand. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'references.take')
  const query = new URL(request.url).searchParams
  return answering(async () => {
    const kind = KINDS.find((one) => one === query.get('kind')) ?? null
    const page = pageOf(query)
    return {
      ...(await listTasks(store().read, scope, { kind, page })),
      kind,
      page,
      size: TASKS_PER_PAGE,
      waiting: await waitingFor(scope),
      slug: scope.project.slug,
    }
  })
}

/** Takes a task, and goes to it. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'references.take')
  try {
    const task = textOf(await receiveForm(request), 'task')
    await takeTask(store(), scope, task)
    throw redirect(`/p/${scope.project.slug}/references/${task}`)
  } catch (error) {
    const faults = errorsOf(error)
    return data({ faults }, { status: faults.status })
  }
}

export default function References() {
  const { inHand, tasks, total, counts, kind, page, size, waiting, slug } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const any = counts.write + counts.check
  return (
    <Page title="References to write and check">
      <ReferenceTabs waiting={waiting} />
      <FormFaults faults={tried?.faults} />
      {inHand.length > 0 ? (
        <Section id="in-hand" title="In hand">
          <TaskTable tasks={inHand} slug={slug} label="References in hand" />
        </Section>
      ) : null}
      {any === 0 ? (
        <Empty
          title={inHand.length > 0 ? 'Nothing else to do' : 'Nothing to write or check'}
          action={
            waiting ? (
              <Link className="button" to="missing">
                See what is missing
              </Link>
            ) : null
          }
        >
          A reference is an answer that cases are compared with: what good looks like, or the least that is acceptable.
          Those that somebody asked for appear here, and those that somebody else wrote, for a second person to check.
        </Empty>
      ) : (
        <Section
          id="to-do"
          title="To take"
          lead="Whoever takes one is not asked to rate its case afterwards. It stays with you for an hour after your last change."
        >
          <Form className="filters">
            <label className="field">
              <span>What to do</span>
              <select name="kind" defaultValue={kind ?? ''}>
                <option value="">All ({any.toLocaleString('en')})</option>
                <option value="check">Check ({counts.check.toLocaleString('en')})</option>
                <option value="write">Write ({counts.write.toLocaleString('en')})</option>
              </select>
            </label>
            <button type="submit">Apply</button>
          </Form>
          <TaskTable tasks={tasks} slug={slug} label="References to take" />
          <Paging page={page} size={size} total={total} of="references" />
        </Section>
      )}
    </Page>
  )
}
