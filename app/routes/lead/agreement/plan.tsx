import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { agreementIn, planIn } from '#app/evaluation/agreement/agreement.ts'
import { COMPUTING } from '#app/evaluation/agreement/computing.server.ts'
import { worstOf } from '#app/evaluation/agreement/figures.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Field } from '#app/ui/field.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { useAddress } from './filters.tsx'
import { nowSentence, planRows, planSentence, RATERS_AN_ITEM, readPlan, sharesOf } from './plan.server.ts'
import { readQuery } from './query.server.ts'

export const meta: MetaFunction = () => [{ title: 'Plan ratings · Assay' }]

/** How many items and raters a wanted interval of alpha takes, from the dimension as it is or from what is assumed. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'agreement.read')
  return answering(async () => {
    const { filter: wanted, dimension } = readQuery(request)
    const asked = new URL(request.url).searchParams
    const { figures } = await agreementIn(store(), scope, wanted, COMPUTING)
    const dimensions = figures?.dimensions ?? []
    const pilot = dimensions.find((one) => one.dimension.key === dimension) ?? worstOf(dimensions) ?? dimensions[0]
    const { fields, alpha, width, sound } = readPlan(asked, pilot)
    const { shares, assumed } = sharesOf(pilot)
    const plans = sound
      ? await planIn(store(), scope, { expected: { alpha, shares }, width, raters: RATERS_AN_ITEM }, COMPUTING)
      : null
    return {
      fields,
      dimension: pilot?.dimension.key ?? '',
      dimensions: dimensions.map(({ dimension: { key, name } }) => ({ key, name })),
      kept: Object.fromEntries([...asked].filter(([name]) => !['dimension', 'alpha', 'width'].includes(name))),
      now: nowSentence(pilot),
      sentence: plans && planSentence(plans, alpha, width),
      rows: plans ? planRows(plans) : [],
      assumed,
      mayMake: can(scope.roles, 'rounds.write'),
    }
  })
}

export default function Plan() {
  const { fields, dimension, dimensions, kept, now, sentence, rows, assumed, mayMake } = useLoaderData<typeof loader>()
  const address = useAddress()
  return (
    <Page title="Plan ratings">
      <div className="section">
        <p className="soft">
          <Link to={address('../agreement', { alpha: null, width: null })}>Back to agreement</Link>
        </p>
        <Form method="get" className="filters" key={JSON.stringify(fields)}>
          {Object.entries(kept).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {dimensions.length > 0 ? (
            <label className="field">
              <span>As on</span>
              <select name="dimension" defaultValue={dimension}>
                {dimensions.map(({ key, name }) => (
                  <option key={key} value={key}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          ) : null}
          <Field label="Alpha to expect" error={fields.faults.alpha ?? undefined}>
            {(attributes) => (
              <input {...attributes} name="alpha" inputMode="decimal" size={6} defaultValue={fields.alpha} />
            )}
          </Field>
          <Field label="Width of the interval" error={fields.faults.width ?? undefined}>
            {(attributes) => (
              <input {...attributes} name="width" inputMode="decimal" size={6} defaultValue={fields.width} />
            )}
          </Field>
          <button type="submit">Plan</button>
        </Form>
      </div>
      <div className="section">
        {sentence ? <p className="finding">{sentence}</p> : null}
        {now ? <p className="finding">{now}</p> : null}
      </div>
      {rows.length > 0 ? (
        <Section
          id="plans"
          title="Items by raters an item"
          lead={`From the intervals of simulated sets of ratings: raters of this alpha who use the levels ${assumed ? 'all alike' : 'as they were used here'}. It speaks of these raters and other items, like the interval itself.`}
        >
          <Scroll label="Items by raters an item, as a table">
            <table className="plan">
              <thead>
                <tr>
                  <th scope="col" className="number">
                    Raters an item
                  </th>
                  <th scope="col" className="number">
                    Items
                  </th>
                  <th scope="col" className="number">
                    Ratings
                  </th>
                  <td />
                </tr>
              </thead>
              <tbody>
                {rows.map(({ raters, items, ratings, fewest }) => (
                  <tr key={raters}>
                    <th scope="row" className="number">
                      {raters}
                    </th>
                    <td className="number">{items}</td>
                    <td className="number">{ratings}</td>
                    <td>{fewest ? <b>fewest ratings</b> : null}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          {mayMake ? (
            <p>
              <Link className="button" to="../rounds/new">
                Make a round
              </Link>
            </p>
          ) : null}
        </Section>
      ) : null}
    </Page>
  )
}
