import { BRIDGE_ITEMS_MOST, BRIDGE_OVERLAP_MOST } from '#app/evaluation/bridges/values.ts'
import { plural } from '#app/evaluation/figure.ts'
import { Field } from '#app/ui/field.tsx'
import type { BridgeChoices, BridgeEntry } from './bridge-entry.server.ts'
import { InstructionsField, MinutesField, ReferencesChoice } from './fields.tsx'
import { Ticks } from './ticks.tsx'

type Part = { entry: BridgeEntry; choices: BridgeChoices; fields: Readonly<Record<string, string>> }

/** Which versions are linked, and by which responses. */
export function BridgeVersions({ entry, choices, fields }: Part) {
  return (
    <fieldset className="form-part">
      <legend>Versions and responses</legend>
      <div className="fields">
        <Field label="From version" error={fields.fromId}>
          {(control) => <Versions control={control} name="fromId" of={choices.older} value={entry.fromId} />}
        </Field>
        <Field label="To version" error={fields.toId}>
          {(control) => <Versions control={control} name="toId" of={choices.newer} value={entry.toId} />}
        </Field>
        <Field label="Responses, drawn at random" error={fields.items}>
          {(control) => (
            <input
              {...control}
              type="number"
              name="items"
              min={1}
              max={BRIDGE_ITEMS_MOST}
              required
              defaultValue={entry.items}
            />
          )}
        </Field>
        <Field label="Rated under “from” since" hint="Empty: ever." error={fields.since}>
          {(control) => <input {...control} type="date" name="since" defaultValue={entry.since} />}
        </Field>
      </div>
      <fieldset className="boxes">
        <legend>Rated now</legend>
        <label className="tick">
          <input type="radio" name="rated" value="both" defaultChecked={entry.rated === 'both'} />
          Under both versions
          <small>Two rounds; half of the raters meet the older version first.</small>
        </label>
        <label className="tick">
          <input type="radio" name="rated" value="new" defaultChecked={entry.rated === 'new'} />
          Under the new version only
          <small>
            Ratings that the same raters gave under the older one count; what changed in them since is mixed in.
          </small>
        </label>
      </fieldset>
    </fieldset>
  )
}

function Versions({
  control,
  name,
  of,
  value,
}: {
  control: { id: string }
  name: string
  of: readonly { id: string; name: string }[]
  value: string
}) {
  return (
    <select {...control} name={name} defaultValue={value}>
      {of.map((version) => (
        <option key={version.id} value={version.id}>
          {version.name}
        </option>
      ))}
    </select>
  )
}

/** Who rates, and how many each response. */
export function BridgeRaters({ entry, choices, fields }: Part) {
  return (
    <fieldset className="form-part">
      <legend>Raters</legend>
      <div className="fields">
        <Field
          label="Raters per response"
          hint="Each rates it under both versions: a place is kept for them."
          error={fields.overlap}
        >
          {(control) => (
            <input
              {...control}
              type="number"
              name="overlap"
              min={1}
              max={BRIDGE_OVERLAP_MOST}
              required
              defaultValue={entry.overlap}
            />
          )}
        </Field>
        <MinutesField value={entry.minutesPerItem} error={fields.secondsPerItem} />
      </div>
      <Ticks
        legend="Who"
        name="raterIds"
        ticked={entry.raterIds}
        error={fields.raterIds}
        none="Nobody in this project rates yet. An admin can invite raters under People."
        options={choices.raters.map(({ id, name, ratings }) => ({
          value: id,
          label: name,
          detail:
            ratings === 0 ? 'none under the older version' : `${plural(ratings, 'rating')} under the older version`,
        }))}
      />
    </fieldset>
  )
}

/** What raters see of the rounds. */
export function BridgeRounds({ entry, fields }: Part) {
  return (
    <fieldset className="form-part">
      <legend>What raters see</legend>
      <p className="soft">Two rounds like any others. Names that say what they are for would not be blind.</p>
      <div className="fields">
        <Field label="Name, under the older version" error={fields.nameFrom}>
          {(control) => <input {...control} name="nameFrom" defaultValue={entry.nameFrom} maxLength={120} />}
        </Field>
        <Field label="Name, under the newer version" error={fields.nameTo}>
          {(control) => <input {...control} name="nameTo" required defaultValue={entry.nameTo} maxLength={120} />}
        </Field>
        <Field label="Starts" error={fields.startsAt}>
          {(control) => <input {...control} type="date" name="starts" defaultValue={entry.starts} />}
        </Field>
        <Field label="Last day" error={fields.endsAt}>
          {(control) => <input {...control} type="date" name="ends" defaultValue={entry.ends} />}
        </Field>
      </div>
      <ReferencesChoice value={entry.referencesShown} />
      <InstructionsField value={entry.instructions} error={fields.instructions} />
    </fieldset>
  )
}
