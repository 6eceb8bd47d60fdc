import { Field } from '#app/ui/field.tsx'
import { type EnteredImport, FROM_DATA } from './asked.ts'

type Version = { key: string; name: string; number: number }
type Faults = Readonly<Record<string, string>>

/** What the file may leave out. Where styles can, only what the chosen kind has use for is shown. */
export function Options({
  versions,
  entered,
  faults,
}: {
  versions: Version[]
  entered: EnteredImport | null
  faults: Faults
}) {
  return (
    <section aria-labelledby="options" data-for="cases responses ratings">
      <header>
        <h2 id="options">What the file leaves out</h2>
        <p>For records that do not say it themselves. Leave empty what they do say.</p>
      </header>
      <div>
        <div className="stack-tight" data-for="cases">
          <Text name="category" label="Category" entered={entered} faults={faults} />
          <Text name="segment" label="User segment" entered={entered} faults={faults} />
          <label className="tick">
            <input type="checkbox" name="addSegments" value="yes" defaultChecked={entered?.addSegments ?? false} />
            Add new categories and user segments to the project
            <small>Otherwise a name that the project does not have is refused: it may be a slip.</small>
          </label>
        </div>
        <div className="stack-tight" data-for="responses ratings">
          <Text name="system" label="System version" entered={entered} faults={faults} />
        </div>
        <div className="stack-tight" data-for="ratings">
          <Text
            name="round"
            label="Round"
            hint="Its name. The file’s name where you leave it empty."
            entered={entered}
            faults={faults}
          />
          <RubricChoice versions={versions} entered={entered} faults={faults} />
        </div>
      </div>
    </section>
  )
}

function RubricChoice({
  versions,
  entered,
  faults,
}: {
  versions: Version[]
  entered: EnteredImport | null
  faults: Faults
}) {
  return (
    <>
      <Field label="Rubric the ratings were made under" error={faults.rubric}>
        {(attributes) => (
          <select {...attributes} name="rubric" defaultValue={entered?.rubric ?? ''}>
            <option value="">The project’s only rubric</option>
            {versions.map(({ key, name, number }) => (
              <option key={`${key}@${number}`} value={`${key}@${number}`}>
                {name}, version {number}
              </option>
            ))}
            <option value={FROM_DATA}>Make one from the scores in the file</option>
          </select>
        )}
      </Field>
      <div className="stack-tight from-data">
        <Text
          name="rubricKey"
          label="Key of a rubric made from the scores"
          hint="Letters, digits, “-” and “_”."
          entered={entered}
          faults={faults}
        />
        <Text
          name="levels"
          label="Scale of a rubric made from the scores"
          hint="Such as 1-6. The lowest to the highest score found where you leave it empty."
          entered={entered}
          faults={faults}
        />
      </div>
    </>
  )
}

function Text({
  name,
  label,
  hint,
  entered,
  faults,
}: {
  name: 'category' | 'segment' | 'system' | 'round' | 'rubricKey' | 'levels'
  label: string
  hint?: string
  entered: EnteredImport | null
  faults: Faults
}) {
  return (
    <Field label={label} hint={hint} error={faults[name]}>
      {(attributes) => <input {...attributes} name={name} autoComplete="off" defaultValue={entered?.[name] ?? ''} />}
    </Field>
  )
}
