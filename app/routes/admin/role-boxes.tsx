import type { Role } from '#db/schema/roles.ts'

export const ROLE_TEXTS: Record<Role, string> = {
  rater: 'Rates the items of rounds they were chosen for; sees their own ratings and nothing else.',
  owner: 'Brings in cases and responses, writes references and rubrics, makes rounds.',
  lead: 'Makes rounds, reads ratings and agreement, reads the audit log.',
  builder: 'Builds the product: sees rubrics and agreement figures, never cases.',
  admin: 'Invites people, changes roles, disables accounts, reads the audit log.',
}

/** Boxes for roles, each with what it may do. Names of the boxes are `role`. */
export function RoleBoxes({
  roles,
  held,
  legend,
  error,
  disabled = false,
}: {
  roles: readonly Role[]
  held: readonly Role[]
  legend: string
  error?: string | undefined
  disabled?: boolean
}) {
  return (
    <fieldset className="boxes" disabled={disabled}>
      <legend>{legend}</legend>
      {roles.map((role) => (
        <label key={role} className="tick">
          <input type="checkbox" name="role" value={role} defaultChecked={held.includes(role)} />
          {role[0]?.toUpperCase()}
          {role.slice(1)}
          <small>{ROLE_TEXTS[role]}</small>
        </label>
      ))}
      {error ? <p className="fault">{error}</p> : null}
    </fieldset>
  )
}
