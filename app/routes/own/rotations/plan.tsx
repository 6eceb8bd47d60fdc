import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { movesIn, previewRotation } from '#app/evaluation/rotation/preview.ts'
import { rotatePools } from '#app/evaluation/rotation/rotate.ts'
import { textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Empty, Page, Section } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { PoolTabs } from '../pools/tabs.tsx'
import { Moving } from './moving.tsx'
import { Segments } from './segments.tsx'
import { cases, n } from './words.ts'

export const meta: MetaFunction = () => [{ title: 'Plan of a rotation · Assay' }]

const LISTED = 200

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'rotation.read')
  return answering(async () => {
    const { graduating, retiring, segments, early, stamp, terms, ...rest } = await previewRotation(store().read, scope)
    return {
      segments,
      early,
      stamp,
      terms,
      moves: movesIn({ graduating, retiring, segments, early, ...rest }),
      graduating: { total: graduating.length, first: graduating.slice(0, LISTED) },
      retiring: {
        total: retiring.length,
        burnt: retiring.filter(({ why }) => why === 'burnt').length,
        first: retiring.slice(0, LISTED),
      },
      mayRotate: can(scope.roles, 'rotation.write'),
    }
  })
}

/** Does the rotation that was shown, if it is still the same. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'rotation.write')
  try {
    const stamp = textOf(await receiveForm(request), 'stamp')
    const id = await rotatePools(store(), scope, { stamp })
    throw redirect(`/p/${scope.project.slug}/rotations/${id}`)
  } catch (error) {
    const faults = errorsOf(error)
    return data({ faults }, { status: faults.status })
  }
}

export default function Plan() {
  const { segments, early, stamp, terms, moves, graduating, retiring, mayRotate } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const entering = segments.reduce((sum, one) => sum + one.entering, 0)
  const short = segments.reduce((sum, one) => sum + one.short, 0)
  const back = <Link to="..">All rotations</Link>
  if (moves === 0) {
    return (
      <Page title="Plan of a rotation" note={back}>
        <PoolTabs />
        <Empty title="Nothing would move" action={null}>
          No case is sealed, none has been active for {terms.activeRotations} rotations, and no assigned traffic is
          waiting. Import traces and sample them first.
        </Empty>
      </Page>
    )
  }
  return (
    <Page title="Plan of a rotation" note={back}>
      <PoolTabs />
      <div>
        <p className="finding">
          A rotation now: {cases(graduating.total)} of the holdout graduate to active, {n(retiring.total)} retire,{' '}
          {n(entering)} of the waiting traffic enter the holdout.
        </p>
        <p className="soft">
          Nothing has moved yet. {n(Math.round(100 * terms.graduatingShare))} % of the holdout graduate, the longest
          sealed and most exposed of each segment first; a case retires after {n(terms.activeRotations)} rotations of{' '}
          {n(terms.rotationDays)} days.
          {retiring.burnt > 0 ? ` ${cases(retiring.burnt)} retire because their seal was broken.` : ''}
        </p>
      </div>
      {early > 0 ? (
        <p className="banner" data-tone="warn">
          {early === graduating.total ? 'All' : n(early)} of those that graduate were to stay sealed for longer: this
          rotation is before its time.
        </p>
      ) : null}
      {short > 0 ? (
        <p className="banner" data-tone="warn">
          There is too little traffic: after this rotation the holdout is {cases(short)} short of its target. Import
          traces and assign them first, or rotate and let the next sampling make up for it.
        </p>
      ) : null}
      <Section id="segments" title="By segment">
        <Segments segments={segments} />
      </Section>
      <Section id="moving" title="Which cases">
        <Moving title="Graduate" total={graduating.total} first={graduating.first} />
        <Moving title="Retire" total={retiring.total} first={retiring.first} />
      </Section>
      {mayRotate ? (
        <Form method="post" className="section">
          <FormFaults faults={tried?.faults} />
          <input type="hidden" name="stamp" value={stamp} />
          <div className="row">
            <Submit kind="primary">Rotate the pools</Submit>
            <span className="soft">
              All of it or nothing. What graduates stays sealed for a day, in which the rotation can be undone.
            </span>
          </div>
        </Form>
      ) : (
        <p className="soft">Rotating is for owners.</p>
      )}
    </Page>
  )
}
