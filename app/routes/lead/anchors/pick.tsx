import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { type FoundResponse, searchResponses } from '#app/evaluation/anchors/search.ts'
import { FOUND_A_PAGE } from '#app/evaluation/anchors/shown.ts'
import { whole } from '#app/evaluation/figure.ts'
import { pageOf, searchOf } from '#app/http/query.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Empty, Page } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { When } from '#app/ui/when.tsx'
import { MeanSoFar } from './table.tsx'

export const meta: MetaFunction = () => [{ title: 'Pick anchors · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'anchors.write')
  const query = new URL(request.url).searchParams
  const [words, page] = [searchOf(query), pageOf(query)]
  const { responses, total } = await answering(() => searchResponses(store(), scope, { words, page }))
  return { responses, total, words, page, size: FOUND_A_PAGE, slug: scope.project.slug }
}

export default function PickAnchors() {
  const { responses, total, words, page, size, slug } = useLoaderData<typeof loader>()
  return (
    <Page
      title="Pick anchors"
      actions={
        <Link className="button" to="../anchors">
          All anchors
        </Link>
      }
    >
      <p className="soft">
        Anchors picked by hand stand for themselves: a change in their ratings says nothing of responses that nobody
        would have picked. Where it should, <Link to="../anchors/draw">draw them</Link>.
      </p>
      <div className="section">
        <Form className="filters">
          <label className="field search">
            <span>Words in the case’s key and input</span>
            <input type="search" name="q" defaultValue={words} />
          </label>
          <button type="submit">Search</button>
        </Form>
        {responses.length === 0 && words === '' ? (
          <Empty
            title="Nothing to pick yet"
            action={
              <Link className="button" to="../cases">
                Go to the cases
              </Link>
            }
          >
            Anchors are responses of system versions to cases, and this project has none yet.
          </Empty>
        ) : responses.length === 0 ? (
          <Empty
            title="No response fits"
            action={
              <Link className="button" to="?">
                Show all
              </Link>
            }
          >
            Try fewer words. Responses to archived cases are not shown.
          </Empty>
        ) : (
          <Found responses={responses} words={words} page={page} slug={slug} />
        )}
        <Paging page={page} size={size} total={total} of="responses" />
      </div>
    </Page>
  )
}

type Place = { words: string; page: number; slug: string }

function Found({ responses, ...place }: { responses: FoundResponse[] } & Place) {
  return (
    <Scroll label="Responses">
      <table className="anchor-list">
        <thead>
          <tr>
            <th scope="col">Response</th>
            <th scope="col" className="number">
              Ratings
            </th>
            <th scope="col" className="number">
              Mean so far
            </th>
            <th scope="col">Last rated</th>
            <th scope="col">
              <span className="unseen">Next step</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {responses.map((response) => (
            <Row key={response.responseId} response={response} {...place} />
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Row({ response, words, page, slug }: { response: FoundResponse } & Place) {
  const { responseId, case: of, systemVersion, anchor, rated } = response
  const [newest] = rated.rounds
  return (
    <tr>
      <th scope="row" className="case">
        <Link to={`../cases/${of.id}`}>{of.beginning}</Link>
        <small>
          {of.key} · {systemVersion}
        </small>
      </th>
      <td className="number">{rated.ratings === 0 ? <span className="faint">none</span> : whole(rated.ratings)}</td>
      <td className="number">
        <MeanSoFar rated={rated} />
      </td>
      <td>{newest ? <When at={newest.last} /> : <span className="faint">not yet</span>}</td>
      <td className="number">
        {anchor === 'active' ? (
          <span className="chip">Anchor</span>
        ) : (
          <Form method="post" action={`/p/${slug}/anchors`}>
            <input type="hidden" name="response" value={responseId} />
            <input type="hidden" name="q" value={words} />
            <input type="hidden" name="page" value={page} />
            <Submit name="intent" value="pick">
              {anchor === 'retired' ? 'Bring back' : 'Make it an anchor'}
              <span className="unseen">
                : {of.key}, {systemVersion}
              </span>
            </Submit>
          </Form>
        )}
      </td>
    </tr>
  )
}
