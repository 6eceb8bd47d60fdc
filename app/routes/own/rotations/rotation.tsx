import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { wakeJobs } from '#app/evaluation/jobs/start.ts'
import { MOVE_KINDS } from '#app/evaluation/rotation/moves.ts'
import { openRotation } from '#app/evaluation/rotation/open.ts'
import { listMoved, readRotation } from '#app/evaluation/rotation/read.ts'
import { undoRotation } from '#app/evaluation/rotation/undo.ts'
import { amongst } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { pageOf } from '#app/http/query.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { When } from '#app/ui/when.tsx'
import { usePolling } from '../imports/use-polling.ts'
import { PoolTabs } from '../pools/tabs.tsx'
import { Back } from './back.tsx'
import { Moved } from './moved.tsx'
import { openDue } from './open-due.server.ts'
import { Segments } from './segments.tsx'
import { movesInWords } from './words.ts'

export const meta: MetaFunction = () => [{ title: 'Rotation · Assay' }]

const SIZE = 100
const POLL_MS = 1_500

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'rotation.read')
  const query = new URL(request.url).searchParams
  const kind = MOVE_KINDS.find((one) => one === query.get('moved')) ?? 'graduated'
  const page = pageOf(query)
  return answering(async () => {
    await openDue(scope)
    const rotation = await readRotation(store(), scope, params.rotation ?? '')
    const moved = await listMoved(store(), scope, { rotationId: rotation.id, kind, page, size: SIZE })
    return { rotation, moved, kind, page, mayChange: can(scope.roles, 'rotation.write') }
  })
}

/** Undoes the rotation, or opens what it let out. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'rotation.write')
  const id = params.rotation ?? ''
  try {
    const [intent] = amongst(await receiveForm(request), 'intent', ['undo', 'open'] as const)
    if (intent === 'undo') await undoRotation(store(), scope, id)
    if (intent === 'open') {
      await openRotation(store(), scope, id)
      wakeJobs()
    }
    throw redirect(`/p/${scope.project.slug}/rotations/${id}`)
  } catch (error) {
    const faults = errorsOf(error)
    return data({ faults }, { status: faults.status })
  }
}

export default function Rotation() {
  const { rotation, moved, kind, page, mayChange } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  usePolling(rotation.opening, POLL_MS)
  const undone = rotation.undoneAt !== null
  return (
    <Page
      title="Rotation"
      note={
        <span className="state" data-tone={undone ? 'none' : 'good'}>
          {undone ? 'Undone' : 'Done'}
        </span>
      }
    >
      <PoolTabs />
      <div>
        <p className="finding">
          {movesInWords(rotation.counts)}
          {undone ? ', and all of it was taken back.' : '.'}
        </p>
        <p className="soft">
          <Link to="..">All rotations</Link> · by {rotation.doneBy || 'the command line'},{' '}
          <When at={rotation.doneAt} time />
          {rotation.undoneAt === null ? null : (
            <>
              {' '}
              · undone by {rotation.undoneBy || 'the command line'}, <When at={rotation.undoneAt} time />
            </>
          )}
        </p>
      </div>
      <FormFaults faults={tried?.faults} />
      {undone ? null : <Back rotation={rotation} mayChange={mayChange} />}
      <Section id="segments" title="By segment" lead={undone ? 'As it was planned and done.' : undefined}>
        <Segments segments={rotation.plan.segments} />
      </Section>
      <Moved counts={rotation.counts} moved={moved} kind={kind} page={page} size={SIZE} />
    </Page>
  )
}
