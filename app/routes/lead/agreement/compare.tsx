import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { requireScope } from '#app/auth/guard.server.ts'
import { comparisonIn } from '#app/evaluation/agreement/agreement.ts'
import { agreementChoices, settle } from '#app/evaluation/agreement/choices.ts'
import { comparedRows, comparedSentences } from '#app/evaluation/agreement/compared-words.ts'
import { COMPUTING } from '#app/evaluation/agreement/computing.server.ts'
import { readVersion } from '#app/evaluation/rubrics/read.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Empty, Page, Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { useAddress } from './filters.tsx'
import { readQuery } from './query.server.ts'

export const meta: MetaFunction = () => [{ title: 'Compare agreement · Assay' }]

const text = z
  .string()
  .optional()
  .transform((value) => value || null)
const others = z.object({ other: text, otherRound: text, otherRubric: text, otherSystem: text })

/** The agreement of two dimensions, rounds, rubric versions or system versions on the same responses. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'agreement.read')
  return answering(async () => {
    const { filter: wanted, dimension } = readQuery(request)
    const second = others.parse(Object.fromEntries(new URL(request.url).searchParams))
    const choices = await agreementChoices(store(), scope)
    const filter = settle(wanted, choices)
    const otherFilter = settle(
      {
        ...wanted,
        // a round has one rubric version, which it brings with it
        rubricVersionId: second.otherRubric ?? (second.otherRound ? null : wanted.rubricVersionId),
        roundId: second.otherRound ?? (second.otherRubric ? null : wanted.roundId),
        systemVersionId: second.otherSystem ?? wanted.systemVersionId,
      },
      choices,
    )
    if (!filter || !otherFilter) return { choices, fields: null, rows: [], sentences: [], why: null }
    const [one, other] = [
      await readVersion(store(), scope, filter.rubricVersionId),
      await readVersion(store(), scope, otherFilter.rubricVersionId),
    ]
    const first = one.dimensions.find(({ key }) => key === dimension) ?? one.dimensions[0]
    const same = JSON.stringify(filter) === JSON.stringify(otherFilter)
    const compared =
      other.dimensions.find(({ key }) => key === second.other) ??
      other.dimensions.find(({ key }) => (same ? key !== first?.key : key === first?.key)) ??
      other.dimensions[0]
    if (!first || !compared) return { choices, fields: null, rows: [], sentences: [], why: null }
    const found = await comparisonIn(
      store(),
      scope,
      {
        first: { filter, dimensionId: first.id },
        second: { filter: otherFilter, dimensionId: compared.id },
      },
      COMPUTING,
    )
    const version = (id: string) => choices.versions.find((one) => one.id === id)?.name ?? ''
    const names = {
      first: first.key === compared.key ? `${first.name}, ${placeOf(filter)}` : first.name,
      second: first.key === compared.key ? `${compared.name}, ${placeOf(otherFilter)}` : compared.name,
    }
    function placeOf({ roundId, rubricVersionId, systemVersionId }: typeof filter & object): string {
      const parts = [
        choices.rounds.find(({ id }) => id === roundId)?.name,
        version(rubricVersionId),
        choices.systemVersions.find(({ id }) => id === systemVersionId)?.name,
      ]
      return parts.filter(Boolean).join(', ')
    }
    return {
      choices,
      fields: {
        dimension: first.key,
        other: compared.key,
        otherRound: second.otherRound ?? '',
        otherRubric: second.otherRubric ?? '',
        otherSystem: second.otherSystem ?? '',
        dimensions: one.dimensions.map(({ key, name }) => ({ key, name })),
        otherDimensions: other.dimensions.map(({ key, name }) => ({ key, name })),
        kept: Object.fromEntries(
          [...new URL(request.url).searchParams].filter(
            ([name]) => !['dimension', 'other', 'otherRound', 'otherRubric', 'otherSystem'].includes(name),
          ),
        ),
      },
      rows: found.estimable ? comparedRows(found) : [],
      names,
      sentences: found.estimable ? comparedSentences(found, names) : [],
      why: found.estimable ? null : found.reason,
    }
  })
}

export default function Compare() {
  const data = useLoaderData<typeof loader>()
  const address = useAddress()
  const back = { other: null, otherRound: null, otherRubric: null, otherSystem: null }
  if (!data.fields)
    return (
      <Page title="Compare agreement">
        <Empty
          title="There is nothing to compare yet"
          action={
            <Link className="button" to="../agreement">
              Back to agreement
            </Link>
          }
        >
          A comparison takes two dimensions, or the same one in two rounds, with responses that both have ratings of.
        </Empty>
      </Page>
    )
  const { fields, choices, rows, sentences, why } = data
  return (
    <Page title="Compare agreement">
      <div className="section">
        <p className="soft">
          <Link to={address('../agreement', back)}>Back to agreement</Link>
        </p>
        <Form method="get" className="filters" key={JSON.stringify(fields)}>
          {Object.entries(fields.kept).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Choose name="dimension" label="Dimension" value={fields.dimension} options={named(fields.dimensions)} />
          <Choose name="other" label="Compared with" value={fields.other} options={named(fields.otherDimensions)} />
          <Choose
            name="otherRound"
            label="In the round"
            value={fields.otherRound}
            options={[['', 'The same'], ...choices.rounds.map(({ id, name }): [string, string] => [id, name])]}
          />
          <Choose
            name="otherRubric"
            label="Under the rubric"
            value={fields.otherRubric}
            options={[['', 'The same'], ...choices.versions.map(({ id, name }): [string, string] => [id, name])]}
          />
          <button type="submit">Compare</button>
        </Form>
      </div>
      <div className="section">
        {why ? (
          <p className="finding">These two cannot be compared: {why}. Choose two that share responses.</p>
        ) : (
          sentences.map((sentence) => (
            <p key={sentence} className="finding">
              {sentence}
            </p>
          ))
        )}
      </div>
      {rows.length > 0 ? (
        <Section
          id="compared"
          title="On the responses that both have"
          lead="Both figures are computed in the same 2,000 draws of the responses, so that what the responses have in common cancels out. These raters, other responses."
        >
          <Scroll label="Two figures compared">
            <table>
              <thead>
                <tr>
                  <th scope="col">Figure</th>
                  <th scope="col" className="number">
                    {data.names?.first}
                  </th>
                  <th scope="col" className="number">
                    {data.names?.second}
                  </th>
                  <th scope="col" className="number">
                    Difference
                  </th>
                  <th scope="col" className="number">
                    95 % interval
                  </th>
                  <th scope="col" className="number">
                    p
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ name, first, second, difference, interval, p }) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td className="number">{first}</td>
                    <td className="number">{second}</td>
                    <td className="number">{difference}</td>
                    <td className="number">{interval}</td>
                    <td className="number">{p}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </Section>
      ) : null}
    </Page>
  )
}

const named = (dimensions: readonly { key: string; name: string }[]) =>
  dimensions.map(({ key, name }): [string, string] => [key, name])

function Choose({
  name,
  label,
  value,
  options,
}: {
  name: string
  label: string
  value: string
  options: readonly (readonly [value: string, label: string])[]
}) {
  return (
    <label className="field">
      <span>{label}</span>
      <select name={name} defaultValue={value}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}
