import { SHORTEST_PASSWORD } from '#app/auth/password.ts'
import { Field } from '#app/ui/field.tsx'

/** The field for a new password. `email` tells a password keeper whose it is. */
export function NewPassword({
  name,
  label,
  email,
  error,
}: {
  name: string
  label: string
  email?: string
  error?: string | undefined
}) {
  return (
    <>
      {email === undefined ? null : (
        <input
          className="unseen"
          type="email"
          autoComplete="username"
          value={email}
          readOnly
          tabIndex={-1}
          aria-hidden
        />
      )}
      <Field
        label={label}
        error={error}
        hint={`At least ${SHORTEST_PASSWORD} characters; a few words in a row will do.`}
      >
        {(attributes) => <input {...attributes} name={name} type="password" autoComplete="new-password" />}
      </Field>
    </>
  )
}
