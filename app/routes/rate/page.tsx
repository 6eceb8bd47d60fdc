import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireScope, requireUser } from '#app/auth/guard.server.ts'
import { hasSeenTour } from '#app/auth/preferences.server.ts'
import { emptyHand, takeHand } from '#app/evaluation/queue/take.ts'
import { showRound } from '#app/evaluation/queue/work.ts'
import { submitRating } from '#app/evaluation/ratings/submit.ts'
import { receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { drawRatingPage } from '#app/rating/draw.server.tsx'
import { DATA_ID, DRAWN_ID } from '#app/rating/drawn.ts'
import { ratingProgram } from '#app/rating/program.server.ts'
import { RatingPage } from '#app/rating/rating-page.tsx'
import { store } from '#app/store.server.ts'
import { SafeHtml } from '#app/ui/safe-html.tsx'
import { submissionIn } from './plain-form.server.ts'

/** The page has no rail: nothing beside the item and the rubric. */
export const handle = { alone: true }

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? 'Rate'} · Assay` }]

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
    const rater = user.id
    const singleKeys = user.singleKeys
    const props = { project: { slug, name }, rater, round, standing, startsAt, rubric, hand, singleKeys, toured }
    const program = ratingProgram()
    // With a program of its own the page is drawn here and the framework's stays away (root.tsx).
    return program
      ? { title: round.name, program, drawn: drawRatingPage(props), props: null }
      : { title: round.name, program, drawn: null, props }
  })
}

/** The browser holds the work from here on: it asks for more by itself. */
export const shouldRevalidate = () => false

/** The rubric sent as a plain form, where no script has come to life. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'items.rate')
  const roundId = params.round ?? ''
  await answering(async () => submitRating(store(), scope, roundId, submissionIn(await receiveForm(request))))
  throw redirect(`/p/${scope.project.slug}/rate/${roundId}`)
}

export default function Rate() {
  const loaded = useLoaderData<typeof loader>()
  if (loaded.props) return <RatingPage {...loaded.props} />
  const { drawn } = loaded
  return (
    <>
      <SafeHtml id={DRAWN_ID} html={drawn.html} />
      <div id={DATA_ID} hidden>
        {drawn.json}
      </div>
    </>
  )
}
