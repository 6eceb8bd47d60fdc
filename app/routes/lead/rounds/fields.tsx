import { Link } from '@remix-run/react'
import { ANCHOR_SHARE_MOST } from '#app/evaluation/anchors/share.ts'
import { plural } from '#app/evaluation/figure.ts'
import { Field } from '#app/ui/field.tsx'
import type { RoundEntry } from './entry.server.ts'
import type { RoundChoices } from './plan.server.ts'
import { Ticks } from './ticks.tsx'

type Part = { entry: RoundEntry; choices: RoundChoices; fields: Readonly<Record<string, string>> }

/** What the round is called, and how it is rated. */
export function WayFields({ entry, choices, fields }: Part) {
  return (
    <fieldset className="form-part">
      <legend>The round</legend>
      <div className="fields">
        <Field label="Name" error={fields.name}>
          {(control) => <input {...control} name="name" defaultValue={entry.name} required maxLength={120} />}
        </Field>
        <Field label="Rubric" error={fields.rubricVersionId}>
          {(control) => (
            <select {...control} name="rubricVersionId" defaultValue={entry.rubricVersionId}>
              {choices.versions.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
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

/** When raters see the references. */
export function ReferencesChoice({ value: chosen }: { value: RoundEntry['referencesShown'] }) {
  return (
    <fieldset className="choice">
      <legend>References are shown</legend>
      <div>
        {(['never', 'after', 'always'] as const).map((value) => (
          <label key={value}>
            <input type="radio" name="referencesShown" value={value} defaultChecked={chosen === value} />
            {{ never: 'Never', after: 'After scoring', always: 'Always' }[value]}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export function InstructionsField({ value, error }: { value: string; error: string | undefined }) {
  return (
    <Field
      label="Instructions"
      hint="Markdown. Raters read them when they begin, and may open them again at any time."
      error={error}
    >
      {(control) => <textarea {...control} name="instructions" rows={3} defaultValue={value} />}
    </Field>
  )
}

export function MinutesField({ value, error }: { value: string; error: string | undefined }) {
  return (
    <Field label="Minutes per item, guessed" error={error}>
      {(control) => (
        <input
          {...control}
          type="number"
          name="minutesPerItem"
          min={0.1}
          max={240}
          step="any"
          required
          defaultValue={value}
        />
      )}
    </Field>
  )
}

/** Which responses are rated. */
export function ItemFields({ entry, choices, fields }: Part) {
  return (
    <fieldset className="form-part">
      <legend>Items</legend>
      <PoolChoice value={entry.pool} />
      <p className="soft">Every response that passes becomes an item. Nothing ticked in a list means all of it.</p>
      <div className="fields">
        <Ticks
          legend="System versions"
          name="systemVersionIds"
          ticked={entry.systemVersionIds}
          options={choices.systemVersions.map(({ id, name }) => ({ value: id, label: name }))}
          error={fields.systemVersionIds}
          none="No response has been imported yet."
        />
        <Ticks
          legend="Categories"
          name="categories"
          ticked={entry.categories}
          options={choices.categories.map((value) => ({ value, label: value }))}
        />
        <Ticks
          legend="User segments"
          name="userSegments"
          ticked={entry.userSegments}
          options={choices.userSegments.map((value) => ({ value, label: value }))}
        />
      </div>
      <div className="fields">
        <Field label="Words in the question or the case’s key">
          {(control) => <input {...control} type="search" name="search" defaultValue={entry.search} maxLength={200} />}
        </Field>
        <Field label="Only a random sample of" hint="Empty: all that pass." error={fields.sample ?? fields.items}>
          {(control) => <input {...control} name="sample" inputMode="numeric" defaultValue={entry.sample} size={6} />}
        </Field>
        <Field
          label="Anchors, % of the items"
          hint={
            choices.anchors === 0
              ? 'The project has none yet.'
              : `Rated again, blind, to see drift. On top of the others, of ${plural(choices.anchors, 'anchor')}, those not met for longest.`
          }
          error={fields.anchorShare}
        >
          {(control) => (
            <input
              {...control}
              type="number"
              name="anchors"
              min={0}
              max={100 * ANCHOR_SHARE_MOST}
              step="any"
              defaultValue={entry.anchors}
            />
          )}
        </Field>
      </div>
      <ReferencesRatedChoice value={entry.referencesRated} />
      <p className="soft">
        <Link to="../anchors">{choices.anchors === 0 ? 'Pick or draw anchors' : 'See the anchors'}</Link>
      </p>
    </fieldset>
  )
}

function PoolChoice({ value: chosen }: { value: RoundEntry['pool'] }) {
  return (
    <fieldset className="choice">
      <legend>Cases</legend>
      <div>
        {(['active', 'holdout'] as const).map((value) => (
          <label key={value}>
            <input type="radio" name="pool" value={value} defaultChecked={chosen === value} />
            {{ active: 'The active ones', holdout: 'The sealed ones of the holdout' }[value]}
          </label>
        ))}
      </div>
      <small className="soft">
        Of the holdout you see counts alone. Its items go to raters who are neither owner nor builder of the project,
        and each time one is shown is on record. Words find its cases by their keys.
      </small>
    </fieldset>
  )
}

/** Whether references are items too: to see whether raters place them where they are said to be. */
function ReferencesRatedChoice({ value: chosen }: { value: RoundEntry['referencesRated'] }) {
  return (
    <fieldset className="choice">
      <legend>References as items, rated blind</legend>
      <div>
        {(['none', 'beside', 'only'] as const).map((value) => (
          <label key={value}>
            <input type="radio" name="referencesRated" value={value} defaultChecked={chosen === value} />
            {{ none: 'No', beside: 'Among the responses', only: 'References alone' }[value]}
          </label>
        ))}
      </div>
      <small>
        Raters see them as any other response. It shows whether a high one is placed at 3.5 or more, and a borderline
        one from 2 to 3. Each goes into one round for a rubric version; those of sealed cases stay out.
      </small>
    </fieldset>
  )
}

/** Who rates, how many an item, and how long an item takes. */
export function RaterFields({ entry, choices, fields }: Part) {
  return (
    <fieldset className="form-part">
      <legend>Raters</legend>
      <div className="fields">
        <Field label="Raters per item" hint="Three tell a slip from a disagreement." error={fields.overlap}>
          {(control) => (
            <input {...control} type="number" name="overlap" min={1} max={50} required defaultValue={entry.overlap} />
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
        options={choices.raters.map(({ id, name, barred, work }) => ({
          value: id,
          label: barred ? `${name} (owner or builder: not for the holdout)` : name,
          detail: work
            ? `about ${plural(work.items, 'item')} open in ${plural(work.rounds, 'round')}, ${hours(work.seconds)}`
            : 'no open work',
        }))}
      />
    </fieldset>
  )
}

const hours = (seconds: number): string => `${(seconds / 3600).toFixed(1)} h`
