import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can, type Scope } from '#app/auth/permissions.ts'
import { changesBetween } from '#app/evaluation/rubrics/changes.ts'
import { bridgeInWords, kindsInWords } from '#app/evaluation/rubrics/changes-words.ts'
import { differencesBetween } from '#app/evaluation/rubrics/differences.ts'
import { type ListedRubric, listRubrics, type RubricVersion, readVersion } from '#app/evaluation/rubrics/read.ts'
import { roundsUnder } from '#app/evaluation/rubrics/rounds.ts'
import { baseOf } from '#app/evaluation/rubrics/versions.ts'
import { valueIn } from '#app/http/query.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Field } from '#app/ui/field.tsx'
import { Empty, Page, Section } from '#app/ui/page.tsx'
import { Bridging, bridgedBy } from './bridging.tsx'
import { Consequences } from './consequences.tsx'
import { Differences } from './differences.tsx'

export const meta: MetaFunction = () => [{ title: 'Compare rubric versions · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'rubrics.read')
  const query = new URL(request.url).searchParams
  return answering(async () => {
    const rubrics = await listRubrics(store(), scope)
    const choices = rubrics.flatMap((rubric) =>
      rubric.versions.map(({ id, number, state }) => ({
        id,
        // the number first: a long name is cut off where there is little room
        name: `Version ${number}${state === 'draft' ? ' (draft)' : ''}${rubrics.length > 1 ? ` of ${rubric.name}` : ''}`,
      })),
    )
    const asked = askedFor(rubrics, valueIn(query, 'from'), valueIn(query, 'to'))
    return { choices, asked, compared: asked ? await compared(scope, asked.from, asked.to) : null }
  })
}

/** The versions asked for; what the address leaves out is the newest version, and the one it was drafted from. */
function askedFor(rubrics: readonly ListedRubric[], from: string | null, to: string | null) {
  const all = rubrics.flatMap(({ versions }) => versions)
  const later = all.find(({ id }) => id === to) ?? rubrics.find(({ versions }) => versions.length > 1)?.versions[0]
  if (!later) return null
  const earlier = all.find(({ id }) => id === from) ?? baseOf(later, all) ?? all.find(({ id }) => id !== later.id)
  return earlier ? { from: earlier.id, to: later.id } : null
}

async function compared(scope: Scope, from: string, to: string) {
  const [before, after] = [await readVersion(store(), scope, from), await readVersion(store(), scope, to)]
  const change = changesBetween(before, after)
  // Whoever rates is not told which rounds may carry a bridge.
  const said = can(scope.roles, 'rounds.read') ? bridgeInWords(change) : null
  const inOrder = before.rubric.id === after.rubric.id && before.number < after.number
  return {
    before: titleOf(before, after),
    after: titleOf(after, before),
    kinds: kindsInWords(change),
    said,
    bridged:
      said && inOrder
        ? bridgedBy(before, { ...after, rounds: await roundsUnder(store(), scope, after.id) }, change, said)
        : null,
    differences: differencesBetween(before, after),
  }
}

const titleOf = (version: RubricVersion, other: RubricVersion): string => {
  const name = version.rubric.id === other.rubric.id ? 'Version' : `${version.rubric.name}, version`
  return `${name} ${version.number}${version.state === 'draft' ? ' (draft)' : ''}`
}

export default function Compare() {
  const { choices, asked, compared: shown } = useLoaderData<typeof loader>()
  if (!asked || !shown) {
    return (
      <Page title="Compare rubric versions">
        <Empty
          title="Nothing to compare yet"
          action={
            <Link className="button" to="../rubrics">
              Go to the rubrics
            </Link>
          }
        >
          Two versions are shown side by side here, word by word. There are not two yet: draft a new version from the
          page of a published one.
        </Empty>
      </Page>
    )
  }
  return (
    <Page title="Compare rubric versions">
      <Form className="filters compared" key={`${asked.from} ${asked.to}`}>
        {(['from', 'to'] as const).map((side) => (
          <Field key={side} label={side === 'from' ? 'From' : 'To'}>
            {(control) => (
              <select {...control} name={side} defaultValue={asked[side]}>
                {choices.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        ))}
        <button type="submit">Compare</button>
      </Form>
      <p className="finding">{shown.kinds}</p>
      {shown.said ? (
        <Section id="bridge" title="What that means for figures">
          {shown.bridged ? <Bridging bridged={shown.bridged} /> : <Consequences said={shown.said} />}
        </Section>
      ) : null}
      <Section id="differences" title={`${shown.before} and ${shown.after}, side by side`}>
        <Differences differences={shown.differences} before={shown.before} after={shown.after} />
      </Section>
    </Page>
  )
}
