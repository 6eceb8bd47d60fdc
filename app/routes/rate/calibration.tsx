import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { COMPUTING } from '#app/evaluation/calibration/computing.server.ts'
import { ownCalibration } from '#app/evaluation/calibration/own.ts'
import { plural } from '#app/evaluation/figure.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Empty, Page, Section } from '#app/ui/page.tsx'
import { usePolling } from '../own/imports/use-polling.ts'
import { overTimePlot } from './calibration/over-time.server.ts'
import { OverTime } from './calibration/over-time.tsx'
import { roundView } from './calibration/round-view.server.ts'
import { ToldRound } from './calibration/told-round.tsx'

export const meta: MetaFunction = () => [{ title: 'My calibration · Assay' }]

const POLL_MS = 2_000

/** How one compares with the other raters, from closed rounds alone. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'calibration.own')
  return answering(async () => {
    const { rounds, stillOpen } = await ownCalibration(store(), scope, COMPUTING)
    const views = rounds.map(roundView)
    return { slug: scope.project.slug, rounds: views, plot: overTimePlot(views), stillOpen }
  })
}

export default function OwnCalibration() {
  const { slug, rounds, plot, stillOpen } = useLoaderData<typeof loader>()
  const told = rounds.flatMap((round) => (round.standing === 'told' ? [round] : []))
  const [newest] = told
  usePolling(
    rounds.some(({ standing }) => standing === 'computing'),
    POLL_MS,
  )
  return (
    <Page title="My calibration">
      {rounds.length === 0 ? (
        <Empty
          title="No closed round yet"
          action={
            <Link className="button" to={`/p/${slug}/queue`}>
              Go to the queue
            </Link>
          }
        >
          When a round that you rated in is closed, you read here how your scores compare with those of the other
          raters: how strict you are, how often you agree with them, how you use the levels.{' '}
          {stillOpen > 0 ? `You have ratings in ${plural(stillOpen, 'round')} still open.` : ''}
        </Empty>
      ) : (
        <>
          {newest ? <ToldRound round={newest} /> : null}
          <Section
            id="over-time"
            title="Round by round"
            lead="Only closed rounds are shown, each as a whole. Never other raters’ names or single scores, and nothing of a round in which a figure could give one away."
          >
            <OverTime rounds={rounds} plot={plot} />
          </Section>
          {stillOpen > 0 ? (
            <p className="soft">
              {plural(stillOpen, 'round')} with ratings of yours {stillOpen === 1 ? 'is' : 'are'} still open.
            </p>
          ) : null}
        </>
      )}
    </Page>
  )
}
