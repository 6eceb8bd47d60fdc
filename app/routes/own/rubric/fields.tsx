import type { DimensionEntry } from '#app/evaluation/rubrics/entry.ts'
import { FEWEST_LEVELS, LONGEST_NAME, MOST_LEVELS } from '#app/evaluation/rubrics/faults.ts'
import { Field } from '#app/ui/field.tsx'
import { dimensionField } from './form.ts'
import { LevelFields } from './level-fields.tsx'
import { StepButton } from './step-button.tsx'
import { nameId } from './step-focus.ts'

type Faults = Readonly<Record<string, string>>

/** One dimension of the draft: what it is on the left, its levels on the right. */
export function DimensionFields({
  dimension,
  index,
  count,
  fixedKey,
  fields,
}: {
  dimension: DimensionEntry
  index: number
  count: number
  /** The dimension has a past, which its key links it to. */
  fixedKey: boolean
  fields: Faults
}) {
  const { row, levels, lowest } = dimension
  const at = `dimensions.${index}`
  const called = dimension.name || `dimension ${index + 1}`
  return (
    <fieldset className="edited" id={`dimension-${index}`} data-levels={levels.length}>
      <legend>
        <span className="faint">{index + 1}</span> {dimension.name || 'New dimension'}
      </legend>
      <input type="hidden" name={dimensionField(index, 'row')} value={row} />
      <input type="hidden" name={dimensionField(index, 'lowest')} value={lowest} />
      <div className="stack">
        <DimensionMatters {...{ dimension, index, fixedKey, fields }} />
        <div className="row">
          <StepButton
            id={`up-${row}`}
            value={`up:${index}`}
            to={index - 1}
            disabled={index === 0}
            label={`Move ${called} up`}
          >
            Up
          </StepButton>
          <StepButton
            id={`down-${row}`}
            value={`down:${index}`}
            to={index + 1}
            disabled={index === count - 1}
            label={`Move ${called} down`}
          >
            Down
          </StepButton>
          <StepButton
            value={`remove-dimension:${index}`}
            to={Math.max(0, index - 1)}
            disabled={count === 1}
            label={`Take ${called} out`}
          >
            Take out
          </StepButton>
        </div>
      </div>
      <div className="scale">
        {fields[`${at}.levels`] ? <p className="fault">{fields[`${at}.levels`]}</p> : null}
        <ol>
          {levels.map((level, place) => (
            <LevelFields key={level.row} {...{ level, place, index, called, fields }} value={lowest + place} />
          ))}
        </ol>
        <div className="row">
          <StepButton
            value={`add-highest:${index}`}
            to={index}
            disabled={levels.length >= MOST_LEVELS}
            label={`Add level ${lowest + levels.length} to ${called}`}
          >
            Add level {lowest + levels.length}
          </StepButton>
          <StepButton
            value={`add-lowest:${index}`}
            to={index}
            disabled={levels.length >= MOST_LEVELS}
            label={`Add level ${lowest - 1} to ${called}`}
          >
            Add level {lowest - 1}
          </StepButton>
          <StepButton
            value={`remove-highest:${index}`}
            to={index}
            disabled={levels.length <= FEWEST_LEVELS}
            label={`Take level ${lowest + levels.length - 1} out of ${called}`}
          >
            Take out level {lowest + levels.length - 1}
          </StepButton>
          <StepButton
            value={`remove-lowest:${index}`}
            to={index}
            disabled={levels.length <= FEWEST_LEVELS}
            label={`Take level ${lowest} out of ${called}`}
          >
            Take out level {lowest}
          </StepButton>
        </div>
      </div>
    </fieldset>
  )
}

function DimensionMatters({
  dimension,
  index,
  fixedKey,
  fields,
}: {
  dimension: DimensionEntry
  index: number
  fixedKey: boolean
  fields: Faults
}) {
  const { row, key, name, description, weight, rationale, lowest, levels } = dimension
  const fault = (field: string) => fields[`dimensions.${index}.${field}`]
  return (
    <>
      <Field label="Name" id={nameId(row)} error={fault('name')}>
        {(control) => (
          <input {...control} name={dimensionField(index, 'name')} defaultValue={name} maxLength={LONGEST_NAME} />
        )}
      </Field>
      <Field
        label="Key"
        hint={
          fixedKey
            ? 'Links it to its past, so it stays.'
            : 'Links it to later versions. Left empty it is made from the name.'
        }
        error={fault('key')}
      >
        {(control) => (
          <input
            {...control}
            className="code"
            name={dimensionField(index, 'key')}
            defaultValue={key}
            readOnly={fixedKey}
            maxLength={64}
          />
        )}
      </Field>
      <Field label="What is judged" error={fault('description')}>
        {(control) => (
          <textarea {...control} name={dimensionField(index, 'description')} defaultValue={description} rows={3} />
        )}
      </Field>
      <div className="row">
        <Field label="A note is asked for" error={fault('rationaleAtOrBelow')}>
          {(control) => (
            <select
              {...control}
              key={`${lowest} ${levels.length}`}
              name={dimensionField(index, 'rationale')}
              defaultValue={rationale}
            >
              <option value="">never</option>
              {levels.map((level, place) => (
                <option key={level.row} value={lowest + place}>
                  at {lowest + place}
                  {place === 0 ? '' : ' and below'}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Weight" error={fault('weight')}>
          {(control) => (
            <input
              {...control}
              name={dimensionField(index, 'weight')}
              inputMode="decimal"
              defaultValue={weight}
              size={5}
            />
          )}
        </Field>
      </div>
    </>
  )
}
