import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { listKeptDrafts, listOwnRatings } from '#app/evaluation/ratings/history.ts'
import { answering } from '#app/http/responses.ts'
import { OwnRatingsList } from '#app/rating/own-ratings-list.tsx'
import { store } from '#app/store.server.ts'
import { Empty, Page, Section } from '#app/ui/page.tsx'
import { When } from '#app/ui/when.tsx'

const AFTER = 'after'

const WHY = {
  'completed by others': 'completed by others meanwhile',
  'round closed': 'its round has been closed',
  skipped: 'you skipped it: take it up again from the queue',
  'lease expired': 'went back to the queue: it may come to you again',
}

export const meta: MetaFunction = () => [{ title: 'My ratings · Assay' }]

/** One's own ratings, page by page, and what one entered and never submitted. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'items.rate')
  const after = new URL(request.url).searchParams.get(AFTER)
  return answering(async () => {
    const { ratings, next } = await listOwnRatings(store(), scope, after ? { cursor: after } : {})
    const drafts = after ? [] : await listKeptDrafts(store(), scope)
    return { slug: scope.project.slug, ratings, next, drafts }
  })
}

export default function History() {
  const { slug, ratings, next, drafts } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const first = !search.has(AFTER)
  return (
    <Page title="My ratings">
      {ratings.length === 0 && first ? (
        <Empty
          title="Nothing submitted yet"
          action={
            <Link className="button" to={`/p/${slug}/queue`}>
              Go to the queue
            </Link>
          }
        >
          What you rate is listed here, with the item as you saw it. As long as its round is open you can correct it;
          the former revision is kept.
        </Empty>
      ) : (
        <Section id="submitted" title="Submitted">
          <OwnRatingsList ratings={ratings} slug={slug} />
          <nav className="row" aria-label="Pages of my ratings">
            {first ? null : (
              <Link className="button" to="?">
                Newest
              </Link>
            )}
            {next ? (
              <Link className="button aside" to={`?${AFTER}=${encodeURIComponent(next)}`} rel="next">
                Older
              </Link>
            ) : null}
          </nav>
        </Section>
      )}
      {drafts.length > 0 ? (
        <Section
          id="drafts"
          title="Entered and not submitted"
          lead="Kept as you left it. It counts for nothing unless you submit it."
        >
          <ul className="own-ratings">
            {drafts.map(({ assignment, question, round, savedAt, why }) => (
              <li key={assignment}>
                <Link to={`/p/${slug}/history/${assignment}`}>{question ?? 'A draft'}</Link>
                <p className="faint">
                  <span>{round.name}</span>
                  <When at={savedAt} time />
                  {why ? <span>{WHY[why]}</span> : null}
                </p>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </Page>
  )
}
