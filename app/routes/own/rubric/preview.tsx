import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { useReducer, useState } from 'react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import type { ShownItem, ShownRubric } from '#app/evaluation/queue/shown.ts'
import { emptyContent } from '#app/evaluation/ratings/content.ts'
import { type RubricVersion, readVersion } from '#app/evaluation/rubrics/read.ts'
import { answering } from '#app/http/responses.ts'
import { RubricForm } from '#app/rating/desk/rubric-form.tsx'
import { noteOf } from '#app/rating/desk/use-doing.ts'
import { type Change, changed, type Entry, entryOf } from '#app/rating/entry.ts'
import { store } from '#app/store.server.ts'
import { Page } from '#app/ui/page.tsx'
import { VersionState } from './state.tsx'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Preview of ${data.rubric.name}, version ${data.rubric.version} · Assay` : 'Preview · Assay' },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'rubrics.read')
  return answering(async () => {
    const version = await readVersion(store(), scope, params.version ?? '')
    return {
      id: version.id,
      state: version.state,
      rubric: shownToRaters(version),
      mayEdit: version.state === 'draft' && can(scope.roles, 'rubrics.write'),
    }
  })
}

const shownToRaters = ({ rubric, number, dimensions }: RubricVersion): ShownRubric => ({
  name: rubric.name,
  version: number,
  dimensions: dimensions.map(({ id, key, name, description, rationaleAtOrBelow, levels }) => ({
    id,
    key,
    name,
    description,
    rationaleAtOrBelow,
    levels: levels.map(({ value, label, anchor }) => ({ value, label, anchor })),
  })),
})

/** Stands for an item: without references, so that no closest one is asked for. */
const NO_ITEM: ShownItem = {
  assignment: 'preview',
  question: '',
  response: '',
  documents: [],
  references: null,
  referencesFollow: false,
  draft: null,
  leaseExpiresAt: 0,
}

const ignore = () => {}

export default function Preview() {
  const { id, state, rubric, mayEdit } = useLoaderData<typeof loader>()
  const [entry, change] = useReducer(
    (now: Entry, next: Change) => changed(now, rubric, next),
    entryOf(rubric, emptyContent()),
  )
  const [allAnchors, setAllAnchors] = useState(false)
  const [noting, setNoting] = useState('')
  return (
    <Page
      title={`${rubric.name}, version ${rubric.version}, as a rater sees it`}
      note={<VersionState state={state} />}
      actions={
        <>
          {mayEdit ? (
            <Link className="button" to={`../rubrics/${id}/edit`}>
              Back to the editor
            </Link>
          ) : null}
          <Link className="button" to={`../rubrics/${id}`}>
            The version’s page
          </Link>
        </>
      }
    >
      <p className="soft">
        The rubric as it stands beside an item. Press its levels: the next dimension unfolds as it does in a round.
        Nothing here is kept.
      </p>
      <div className="rater-preview">
        <RubricForm
          rubric={rubric}
          item={NO_ITEM}
          entry={entry}
          missing={[]}
          allAnchors={allAnchors}
          noting={noting}
          inert={false}
          acts={{
            change,
            moveOn: ignore,
            note: (dimension) => setNoting(noteOf(NO_ITEM.assignment, dimension)),
            attach: ignore,
          }}
          onSubmit={ignore}
          onAnchors={() => setAllAnchors(!allAnchors)}
        />
      </div>
    </Page>
  )
}
