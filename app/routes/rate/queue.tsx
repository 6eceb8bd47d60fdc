import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { now } from '#app/ambient.ts'
import { requireScope } from '#app/auth/guard.server.ts'
import { inOtherHands } from '#app/evaluation/queue/other-hands.ts'
import { listWork } from '#app/evaluation/queue/work.ts'
import { listOwnRatings } from '#app/evaluation/ratings/history.ts'
import { answering } from '#app/http/responses.ts'
import { OwnRatingsList } from '#app/rating/own-ratings-list.tsx'
import { Unsent } from '#app/rating/unsent.tsx'
import { store } from '#app/store.server.ts'
import { Empty, Page, Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { GoOn } from './go-on.tsx'
import { NothingToRate, WhatIsLeft } from './what-is-left.tsx'
import { inOrderOfWork } from './work-order.ts'
import { WorkRow } from './work-row.tsx'

const RECENT = 5

export const meta: MetaFunction = () => [{ title: 'Queue · Assay' }]

/** The rounds one can rate in, and one's last ratings. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'items.rate')
  return answering(async () => {
    const work = inOrderOfWork(await listWork(store().read, scope))
    const { ratings } = await listOwnRatings(store(), scope, { limit: RECENT })
    const open = work.filter(({ standing }) => standing === 'open')
    const elsewhere = open.some(({ progress }) => progress.left > 0)
      ? 0
      : await inOtherHands(
          store().read,
          scope,
          open.map(({ round }) => round.id),
        )
    return { slug: scope.project.slug, rater: scope.user.id, work, elsewhere, ratings, at: now() }
  })
}

export default function Queue() {
  const { slug, rater, work, elsewhere, ratings, at } = useLoaderData<typeof loader>()
  const [first] = work
  const next = first?.standing === 'open' && first.progress.left > 0 ? first : undefined
  return (
    <Page title="Queue">
      <Unsent rater={rater} project={slug} />
      {next ? (
        <div className="section">
          <WhatIsLeft work={next} at={at} />
          <p className="row">
            <GoOn to={`/p/${slug}/rate/${next.round.id}`} progress={next.progress} />
            <Link className="button quiet" to={`/p/${slug}/history`}>
              My ratings
            </Link>
          </p>
        </div>
      ) : null}
      {work.length > 0 && !next ? <NothingToRate work={work} elsewhere={elsewhere} slug={slug} /> : null}
      {work.length === 0 ? (
        <Empty title="No round yet">
          Rounds that you are chosen for appear here, with what is left in them and how long it takes. The lead of this
          project opens them; there is nothing to do until then.
        </Empty>
      ) : (
        <Section id="rounds" title="Rounds">
          <Scroll label="Rounds you are chosen for">
            <table className="queue">
              <thead>
                <tr>
                  <th scope="col">Round</th>
                  <th scope="col">Done</th>
                  <th scope="col" className="number">
                    Left
                  </th>
                  <th scope="col" className="number">
                    Time
                  </th>
                  <th scope="col">Closes</th>
                  <th scope="col">
                    <span className="unseen">Next step</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {work.map((one) => (
                  <WorkRow key={one.round.id} work={one} at={at} slug={slug} />
                ))}
              </tbody>
            </table>
          </Scroll>
        </Section>
      )}
      {ratings.length > 0 ? (
        <Section id="recent" title="My last ratings" aside={<Link to={`/p/${slug}/history`}>All of them</Link>}>
          <OwnRatingsList ratings={ratings} slug={slug} />
        </Section>
      ) : null}
    </Page>
  )
}
