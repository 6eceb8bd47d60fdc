/** Stands in a form for “leave as it is”, and for taking an assignment away. */
export const AS_IT_IS = ''
export const NOTHING = '-'

export type Lists = { categories: readonly string[]; userSegments: readonly string[] }

/** The two choices of an assignment by hand. */
export function AssignmentFields({
  lists,
  category = AS_IT_IS,
  userSegment = AS_IT_IS,
}: {
  lists: Lists
  category?: string
  userSegment?: string
}) {
  return (
    <>
      <Pick label="Category" name="category" names={lists.categories} value={category} />
      <Pick label="User segment" name="userSegment" names={lists.userSegments} value={userSegment} />
    </>
  )
}

function Pick({ label, name, names, value }: { label: string; name: string; names: readonly string[]; value: string }) {
  return (
    <label className="field">
      <span>{label}</span>
      <select name={name} defaultValue={value}>
        <option value={AS_IT_IS}>As it is</option>
        {names.map((one) => (
          <option key={one}>{one}</option>
        ))}
        <option value={NOTHING}>Unassigned</option>
      </select>
    </label>
  )
}
