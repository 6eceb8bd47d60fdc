import { Form, type useLoaderData } from '@remix-run/react'
import { BurnUpChart } from '#app/charts/burn-up.tsx'
import { plural } from '#app/evaluation/figure.ts'
import type { RoundProgress } from '#app/evaluation/rounds/shown.ts'
import { Field } from '#app/ui/field.tsx'
import { Section } from '#app/ui/page.tsx'
import { SafeHtml } from '#app/ui/safe-html.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { When } from '#app/ui/when.tsx'
import type { loader } from './round.tsx'

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>
type Shown = RoundProgress['round']

/** Opening, closing and opening again; what ends something asks first. */
export function StateButtons({ round, left }: { round: Shown; left: number }) {
  if (round.simulated !== null) return null
  if (round.state === 'open')
    return (
      <details className="ask">
        <summary>Close the round…</summary>
        <Form method="post">
          <input type="hidden" name="intent" value="close" />
          <p>
            {left > 0
              ? `${plural(left, 'rating')} ${left === 1 ? 'is' : 'are'} still missing and will not be taken any more.`
              : 'Every rating is in.'}{' '}
            What raters have in hand stays with them as a draft. A closed round can be opened again.
          </p>
          <Submit kind="danger">Close {round.name}</Submit>
        </Form>
      </details>
    )
  return (
    <Form method="post">
      <input type="hidden" name="intent" value="open" />
      <Submit kind="primary">
        {round.state === 'draft'
          ? round.bridge?.twin?.state === 'draft'
            ? 'Open both rounds to their raters'
            : 'Open the round to its raters'
          : 'Open the round again'}
      </Submit>
    </Form>
  )
}

/** Ratings over time against the date, and the same as a table. */
export function Going({
  loaded: { chart, progress, endAtPace, mayExport },
  description,
}: {
  loaded: Loaded
  description: string
}) {
  const { round, days } = progress
  let sum = 0
  return (
    <Section
      id="going"
      title="Ratings over time"
      aside={mayExport ? <a href={`${round.id}/ratings.csv`}>CSV</a> : null}
      lead={
        round.endsAt === null ? (
          'Ratings in force, by day (UTC).'
        ) : (
          <>
            Ratings in force, by day (UTC). The dashed line would reach all of them on its date,{' '}
            <When at={round.endsAt} />
            {endAtPace === null ? null : (
              <>
                ; at the present pace it is <When at={endAtPace} />
              </>
            )}
            .
          </>
        )
      }
    >
      <BurnUpChart chart={chart} title={`Ratings over time in ${round.name}`} description={description} />
      <details>
        <summary>The same as a table</summary>
        <Scroll label="Ratings by day">
          <table className="days">
            <thead>
              <tr>
                <th scope="col">Day</th>
                <th scope="col" className="number">
                  Ratings
                </th>
                <th scope="col" className="number">
                  In all
                </th>
              </tr>
            </thead>
            <tbody>
              {days.map(({ day, ratings }) => {
                sum += ratings
                return (
                  <tr key={day}>
                    <th scope="row">
                      <time dateTime={new Date(day).toISOString().slice(0, 10)}>
                        {new Date(day).toISOString().slice(0, 10)}
                      </time>
                    </th>
                    <td className="number">{ratings}</td>
                    <td className="number">{sum}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </Scroll>
      </details>
    </Section>
  )
}

const dayOf = (at: number | null): string => (at === null ? '' : new Date(at).toISOString().slice(0, 10))

/** What raters are told, and what may still be changed of the round. */
export function Change({
  round,
  instructions,
  mayWrite,
  fields,
  entered,
}: {
  round: Shown
  instructions: string | null
  mayWrite: boolean
  fields: Readonly<Record<string, string>>
  entered: Record<string, unknown> | undefined
}) {
  const mine = entered?.intent === 'change' ? entered : undefined
  const now = (name: string, stored: string | number): string =>
    typeof mine?.[name] === 'string' ? mine[name] : String(stored)
  return (
    <Section id="settings" title="Instructions and settings">
      {instructions === null ? (
        <p className="soft">There are no instructions.</p>
      ) : (
        <SafeHtml className="reading" html={instructions} />
      )}
      {mayWrite ? (
        <details open={mine !== undefined}>
          <summary>Change the round</summary>
          <Form method="post" className="form-part changing" key={JSON.stringify([round, mine])}>
            <input type="hidden" name="intent" value="change" />
            <div className="fields">
              <Field label="Name" error={fields.name}>
                {(control) => (
                  <input {...control} name="name" required maxLength={120} defaultValue={now('name', round.name)} />
                )}
              </Field>
              <Field label="Starts" error={fields.startsAt}>
                {(control) => (
                  <input {...control} type="date" name="starts" defaultValue={now('starts', dayOf(round.startsAt))} />
                )}
              </Field>
              <Field label="Last day" error={fields.endsAt}>
                {(control) => (
                  <input {...control} type="date" name="ends" defaultValue={now('ends', dayOf(round.endsAt))} />
                )}
              </Field>
              <Field label="Raters per item" hint="Can be raised, not lowered." error={fields.overlap}>
                {(control) => (
                  <input
                    {...control}
                    type="number"
                    name="overlap"
                    min={1}
                    max={50}
                    required
                    defaultValue={now('overlap', round.overlap)}
                  />
                )}
              </Field>
              <Field label="Minutes per item, guessed" error={fields.secondsPerItem}>
                {(control) => (
                  <input
                    {...control}
                    type="number"
                    name="minutesPerItem"
                    min={0.01}
                    max={240}
                    step="any"
                    required
                    defaultValue={now('minutesPerItem', Math.round(round.secondsPerItem / 0.6) / 100)}
                  />
                )}
              </Field>
            </div>
            <Field label="Instructions" hint="Markdown." error={fields.instructions}>
              {(control) => (
                <textarea
                  {...control}
                  name="instructions"
                  rows={4}
                  defaultValue={now('instructions', round.instructions)}
                />
              )}
            </Field>
            <p className="soft">Items, rubric version and references stay as they are: ratings rest on them.</p>
            <div>
              <Submit>Save the changes</Submit>
            </div>
          </Form>
        </details>
      ) : null}
    </Section>
  )
}
