import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useRevalidator } from '@remix-run/react'
import { useCallback, useState } from 'react'
import { requireScope, requireUser } from '#app/auth/guard.server.ts'
import { showOwnRating } from '#app/evaluation/ratings/own-rating.ts'
import { answering } from '#app/http/responses.ts'
import { Correcting } from '#app/rating/rated/correcting.tsx'
import { Rated } from '#app/rating/rated/rated.tsx'
import { store } from '#app/store.server.ts'
import { useHydrated } from '#app/ui/hydrated.ts'

export const handle = { alone: true }

export const meta: MetaFunction = () => [{ title: 'My rating · Assay' }]

/** One of one's own ratings, with the item as it was. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'items.rate')
  const { user } = await requireUser(request)
  const own = await answering(() => showOwnRating(store(), scope, params.assignment ?? ''))
  const { slug, name } = scope.project
  return { project: { slug, name }, own, singleKeys: user.singleKeys }
}

export default function OwnRating() {
  const { project, own, singleKeys } = useLoaderData<typeof loader>()
  const [correcting, setCorrecting] = useState(false)
  const { revalidate } = useRevalidator()
  const base = `/p/${project.slug}`
  const done = useCallback(() => {
    setCorrecting(false)
    revalidate()
  }, [revalidate])
  return (
    <div className="rate" data-alive={useHydrated() || undefined}>
      <header className="top">
        <Link className="mark" to={`${base}/queue`}>
          Assay
        </Link>
        <p className="where">
          <span>{project.name}</span> <span>{own.round.name}</span>
          {own.round.simulated ? (
            <span className="chip" title={own.round.simulated}>
              Simulated
            </span>
          ) : null}
        </p>
        <Link className="button quiet aside" to={`${base}/history`}>
          My ratings
        </Link>
      </header>
      {correcting ? (
        <Correcting
          key={own.rating?.id}
          base={`${base}/rate/${own.round.id}`}
          own={own}
          singleKeys={singleKeys}
          onDone={done}
          onCancel={() => setCorrecting(false)}
        />
      ) : (
        <Rated key={own.rating?.id} own={own} onCorrect={() => setCorrecting(true)} />
      )}
    </div>
  )
}
