import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireScope, requireUser } from '#app/auth/guard.server.ts'
import { hasSeenTour } from '#app/auth/preferences.server.ts'
import { emptyHand, takeHand } from '#app/evaluation/queue/take.ts'
import { showRound } from '#app/evaluation/queue/work.ts'
import { submitRating } from '#app/evaluation/ratings/submit.ts'
import { answering } from '#app/http/responses.ts'
import { Desk } from '#app/rating/desk/desk.tsx'
import { store } from '#app/store.server.ts'
import { submissionIn } from './plain-form.server.ts'

/** The page has no rail: nothing beside the item and the rubric. */
export const handle = { alone: true }

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.round.name ?? 'Rate'} · Assay` }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'items.rate')
  const { user } = await requireUser(request)
  const roundId = params.round ?? ''
  return answering(async () => {
    const { round, standing, startsAt, rubric } = await showRound(store().read, scope, roundId)
    const hand =
      standing === 'open'
        ? await takeHand(store(), scope, roundId)
        : await emptyHand(store().read, scope.user.id, roundId)
    const toured = await hasSeenTour(store(), user.id)
    const { slug, name } = scope.project
    return {
      project: { slug, name },
      rater: user.id,
      round,
      standing,
      startsAt,
      rubric,
      hand,
      singleKeys: user.singleKeys,
      toured,
    }
  })
}

/** The browser holds the work from here on: it asks for more by itself. */
export const shouldRevalidate = () => false

/** The rubric sent as a plain form, where no script has come to life. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'items.rate')
  const roundId = params.round ?? ''
  const submission = submissionIn(await request.formData())
  await answering(() => submitRating(store(), scope, roundId, submission))
  throw redirect(`/p/${scope.project.slug}/rate/${roundId}`)
}

export default function Rate() {
  const loaded = useLoaderData<typeof loader>()
  const { slug } = loaded.project
  return (
    <Desk
      key={loaded.round.id}
      {...loaded}
      onSet={(setting) => {
        // A setting that does not arrive holds for this page, and is asked again next time.
        void fetch(`/p/${slug}/rate/preferences`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
          body: JSON.stringify(setting),
        }).catch(() => {})
      }}
    />
  )
}
