import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { env } from '#app/env.server.ts'
import { overdueRotation, rotationCalendar } from '#app/evaluation/rotation/calendar.ts'
import { hasFeed, makeFeed, removeFeed } from '#app/evaluation/rotation/feed.ts'
import { listRotations } from '#app/evaluation/rotation/list.ts'
import { amongst } from '#app/http/entered.ts'
import { receiveForm } from '#app/http/form.ts'
import { pageOf } from '#app/http/query.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Empty, Page, Section } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { PoolTabs } from '../pools/tabs.tsx'
import { Coming } from './coming.tsx'
import { RotationDue } from './due.tsx'
import { Feed } from './feed.tsx'
import { openDue } from './open-due.server.ts'
import { Past } from './past.tsx'

export const meta: MetaFunction = () => [{ title: 'Rotations · Assay' }]

const SIZE = 20

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'rotation.read')
  const page = pageOf(new URL(request.url).searchParams)
  return answering(async () => {
    await openDue(scope)
    return {
      calendar: await rotationCalendar(store(), scope),
      overdue: await overdueRotation(store(), scope),
      ...(await listRotations(store(), scope, { page, size: SIZE })),
      page,
      feed: await hasFeed(store(), scope),
      mayRotate: can(scope.roles, 'rotation.write'),
    }
  })
}

/** Makes the calendar feed, makes it anew, or ends it. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'rotation.write')
  return answering(async () => {
    const [intent] = amongst(await receiveForm(request), 'intent', ['make-feed', 'remove-feed'] as const)
    if (intent === 'make-feed') {
      const token = await makeFeed(store(), scope)
      return data({ url: `${env().appUrl}/p/${scope.project.slug}/rotations.ics?token=${token}` })
    }
    if (intent === 'remove-feed') await removeFeed(store(), scope)
    return data({ url: null })
  })
}

export default function Rotations() {
  const { calendar, overdue, rotations, total, page, feed, mayRotate } = useLoaderData<typeof loader>()
  const made = useActionData<typeof action>()
  const plan = (
    <Link className="button primary" to="plan">
      Plan a rotation
    </Link>
  )
  return (
    <Page title="Rotations" actions={plan}>
      <PoolTabs />
      <RotationDue overdue={overdue} />
      <Coming calendar={calendar} />
      {total === 0 ? (
        <Empty title="No rotation yet" action={null}>
          At a rotation some sealed cases graduate to active, old active ones retire, and new traffic fills the holdout
          again. The plan shows what would move before anything does.
        </Empty>
      ) : (
        <Section id="past" title="Past rotations">
          <Past rotations={rotations} />
          <Paging page={page} size={SIZE} total={total} of="rotations" />
        </Section>
      )}
      <Feed exists={feed} mayChange={mayRotate} url={made?.url ?? null} />
    </Page>
  )
}
