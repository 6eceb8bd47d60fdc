import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { publishVersion } from '#app/evaluation/rubrics/publish.ts'
import { type ListedVersion, listRubrics } from '#app/evaluation/rubrics/read.ts'
import { createRubric } from '#app/evaluation/rubrics/write.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Empty, Page, Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { When } from '#app/ui/when.tsx'
import { factualQa } from '#db/seed/rubrics/factual-qa.ts'
import { VersionState } from './state.tsx'

export const meta: MetaFunction = () => [{ title: 'Rubrics · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'rubrics.read')
  const rubrics = await answering(() => listRubrics(store(), scope))
  return { rubrics, mayWrite: can(scope.roles, 'rubrics.write') }
}

/** Adds the factual-answers rubric, published, so that a first round can be made. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'rubrics.write')
  const versionId = await answering(() =>
    store().write(async (tx) => {
      const made = await createRubric(tx, scope, factualQa)
      await publishVersion(tx, scope, made.versionId)
      return made.versionId
    }),
  )
  throw redirect(`/p/${scope.project.slug}/rubrics/${versionId}`)
}

export default function Rubrics() {
  const { rubrics, mayWrite } = useLoaderData<typeof loader>()
  return (
    <Page
      title="Rubrics"
      actions={
        mayWrite && rubrics.length > 0 ? (
          <Link className="button" to="../rubrics/new">
            New rubric
          </Link>
        ) : null
      }
    >
      {rubrics.length === 0 ? <NoRubric mayWrite={mayWrite} /> : null}
      {rubrics.map((rubric) => (
        <Section
          key={rubric.id}
          id={`rubric-${rubric.id}`}
          title={rubric.name}
          aside={
            <Link to={`../rubrics/${rubric.key}/changelog`}>
              Changelog<span className="unseen"> of {rubric.name}</span>
            </Link>
          }
        >
          <Scroll label={`Versions of ${rubric.name}`}>
            <table className="versions">
              <thead>
                <tr>
                  <th scope="col">Version</th>
                  <th scope="col">State</th>
                  <th scope="col">Dimensions</th>
                  <th scope="col">What changed</th>
                  <th scope="col">Since</th>
                </tr>
              </thead>
              <tbody>
                {rubric.versions.map((version) => (
                  <Version key={version.id} version={version} mayWrite={mayWrite} />
                ))}
              </tbody>
            </table>
          </Scroll>
        </Section>
      ))}
    </Page>
  )
}

function Version({ version, mayWrite }: { version: ListedVersion; mayWrite: boolean }) {
  return (
    <tr>
      <th scope="row">
        <Link to={`../rubrics/${version.id}`}>Version {version.number}</Link>
      </th>
      <td>
        <VersionState state={version.state} />
      </td>
      <td>
        {version.dimensions.map(({ name }) => name || 'no name yet').join(', ')}{' '}
        <span className="faint">{scaleOf(version)}</span>
      </td>
      <td>
        {version.state === 'draft' && mayWrite ? (
          <Link to={`../rubrics/${version.id}/edit`}>Edit the draft</Link>
        ) : (
          version.changeNote
        )}
      </td>
      <td>
        <When at={version.publishedAt ?? version.createdAt} />
      </td>
    </tr>
  )
}

function scaleOf({ dimensions }: ListedVersion): string {
  const scales = new Set(dimensions.map(({ lowest, highest }) => `${lowest} to ${highest}`))
  return scales.size === 1 ? [...scales].join() : 'several scales'
}

function NoRubric({ mayWrite }: { mayWrite: boolean }) {
  return (
    <Empty
      title="No rubric yet"
      action={
        mayWrite ? (
          <Form method="post" className="row">
            <button type="submit" className="primary">
              Add the rubric for factual answers
            </button>
            <Link className="button" to="../rubrics/new">
              Write another one
            </Link>
          </Form>
        ) : null
      }
    >
      A rubric says what raters judge: its dimensions, and in words what each level of a dimension stands for. Every
      rating keeps the version it was made under.{' '}
      {mayWrite
        ? 'Begin with the one for factual answers: five dimensions on four levels.'
        : 'An owner of this project can add one.'}
    </Empty>
  )
}
