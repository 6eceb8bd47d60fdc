import { DRAWN_MOST } from '#app/evaluation/anchors/share.ts'
import { Field } from '#app/ui/field.tsx'
import type { DrawEntry } from './draw-entry.server.ts'

type Choice = { id: string; name: string }

/** How many are drawn, how, and from which ratings. */
export function DrawFields({
  entry,
  versions,
  systems,
  fields,
}: {
  entry: DrawEntry
  versions: Choice[]
  systems: Choice[]
  fields: Readonly<Record<string, string>>
}) {
  return (
    <>
      <fieldset className="form-part">
        <legend>The draw</legend>
        <div className="fields few">
          <Field label="How many" error={fields.number ?? fields.pool}>
            {(control) => (
              <input
                {...control}
                type="number"
                name="number"
                min={1}
                max={DRAWN_MOST}
                required
                defaultValue={entry.number}
              />
            )}
          </Field>
        </div>
        <fieldset className="boxes">
          <legend>From</legend>
          <label className="tick">
            <input type="radio" name="how" value="random" defaultChecked={entry.how === 'random'} />
            All candidates alike
            <small>They stand for everything that was rated.</small>
          </label>
          <label className="tick">
            <input type="radio" name="how" value="screened" defaultChecked={entry.how === 'screened'} />
            The half nearest mid-scale
            <small>They show a drift sooner; they stand for that half only.</small>
          </label>
        </fieldset>
        <p className="soft">
          Never by how high they were scored: what was scored high once is scored lower the next time, drift or not. For
          the same reason the ratings by which anchors were screened are not compared with later ones.
        </p>
      </fieldset>
      <fieldset className="form-part">
        <legend>Candidates</legend>
        <p className="soft">Responses rated already that are no anchors, and were none.</p>
        <div className="fields">
          <Field label="Rated under" error={fields.rubricVersionId}>
            {(control) => (
              <select {...control} name="rubricVersionId" defaultValue={entry.rubricVersionId}>
                <Options of={versions} />
              </select>
            )}
          </Field>
          <Field label="By at least so many raters" error={fields.least}>
            {(control) => (
              <input {...control} type="number" name="least" min={1} max={50} required defaultValue={entry.least} />
            )}
          </Field>
          <Field label="Rated from" error={fields.from}>
            {(control) => <input {...control} type="date" name="from" defaultValue={entry.from} />}
          </Field>
          <Field label="Until" error={fields.to}>
            {(control) => <input {...control} type="date" name="to" defaultValue={entry.to} />}
          </Field>
          <Field label="System version" error={fields.systemVersionId}>
            {(control) => (
              <select {...control} name="systemVersionId" defaultValue={entry.systemVersionId}>
                <option value="">All of them</option>
                <Options of={systems} />
              </select>
            )}
          </Field>
        </div>
      </fieldset>
    </>
  )
}

const Options = ({ of }: { of: Choice[] }) =>
  of.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ))
