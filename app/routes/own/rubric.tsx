import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { type Dimension, readVersion } from '#app/evaluation/rubrics/read.ts'
import { type RoundOfVersion, roundsUnder } from '#app/evaluation/rubrics/rounds.ts'
import { publishVersion } from '#app/evaluation/rubrics/write.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Page, Section } from '#app/ui/page.tsx'
import { When } from '#app/ui/when.tsx'
import { VersionState } from './rubric-state.tsx'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.version.rubric.name}, version ${data.version.number} · Assay` : 'Rubric · Assay' },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'rubrics.read')
  return answering(async () => {
    const version = await readVersion(store(), scope, params.version ?? '')
    const rounds = can(scope.roles, 'rounds.read') ? await roundsUnder(store(), scope, version.id) : null
    return { version, rounds, mayWrite: can(scope.roles, 'rubrics.write') }
  })
}

/** Publishes a draft. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'rubrics.write')
  await answering(() => store().write((tx) => publishVersion(tx, scope, params.version ?? '')))
  throw redirect(`/p/${scope.project.slug}/rubrics/${params.version}`)
}

export default function Rubric() {
  const { version, rounds, mayWrite } = useLoaderData<typeof loader>()
  const oneWeight = new Set(version.dimensions.map(({ weight }) => weight)).size === 1
  return (
    <Page
      title={`${version.rubric.name}, version ${version.number}`}
      note={<VersionState state={version.state} />}
      actions={
        version.state === 'draft' && mayWrite ? (
          <Form method="post">
            <button type="submit" className="primary">
              Publish, for good
            </button>
          </Form>
        ) : null
      }
    >
      <p className="soft">
        <Link to="..">All rubrics</Link> · {version.publishedAt ? 'Published' : 'Drafted'}{' '}
        <When at={version.publishedAt ?? version.createdAt} />
        {version.createdBy ? ` by ${version.createdBy}` : ''}
        {version.changeNote ? `. ${version.changeNote}` : ''}{' '}
        <span className="faint">
          Content <code title={version.contentHash}>{version.contentHash.slice(0, 12)}</code>
        </span>
      </p>
      <div className="anchors">
        {version.dimensions.map((dimension, index) => (
          <Anchors key={dimension.id} dimension={dimension} number={index + 1} showWeight={!oneWeight} />
        ))}
      </div>
      {rounds ? <Rounds rounds={rounds} /> : null}
    </Page>
  )
}

function Anchors({ dimension, number, showWeight }: { dimension: Dimension; number: number; showWeight: boolean }) {
  const { id, name, description, levels, rationaleAtOrBelow, weight } = dimension
  return (
    <section aria-labelledby={id} data-levels={levels.length}>
      <header>
        <h2 id={id}>
          <span className="faint">{number}</span> {name}
        </h2>
        {description ? <p>{description}</p> : null}
        {rationaleAtOrBelow === null ? null : (
          <p className="faint">A note is asked for at {rationaleAtOrBelow} and below.</p>
        )}
        {showWeight ? <p className="faint">Weight {weight}</p> : null}
      </header>
      <ol>
        {levels.map((level, index) => (
          <li key={level.value}>
            <b className="level-mark" data-level={index + 1}>
              {level.value}
            </b>
            <div>
              {level.label ? <strong>{level.label}</strong> : null}
              <p>{level.anchor}</p>
              {level.examples.map((example) => (
                <blockquote key={example}>{example}</blockquote>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Rounds({ rounds }: { rounds: RoundOfVersion[] }) {
  return (
    <Section id="rounds" title="Rounds under this version">
      {rounds.length === 0 ? (
        <p className="soft">None yet.</p>
      ) : (
        <ul className="plain">
          {rounds.map((round) => (
            <li key={round.id}>
              <Link to={`../../rounds/${round.id}`}>{round.name}</Link>{' '}
              <span className="soft">
                {round.state}, {round.ratings.toLocaleString('en')} ratings
              </span>{' '}
              {round.simulated ? <span className="chip">Simulated</span> : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
