import { Form } from '@remix-run/react'
import { PASSWORD_LINK_DAYS } from '#app/evaluation/people/invitation-state.ts'
import type { ShownPerson } from '#app/evaluation/people/read-person.ts'
import { Submit } from '#app/ui/submit.tsx'
import { ROLES } from '#db/schema/roles.ts'
import { RoleBoxes } from './role-boxes.tsx'

type Shown = { person: ShownPerson; project: string }

/** Which roles the person holds in the project, and for an admin the boxes to change them. */
export function RolesMatter({ person, project, mayChange }: Shown & { mayChange: boolean }) {
  const builds = person.roles.includes('builder') && person.roles.includes('rater')
  return (
    <section aria-labelledby="roles">
      <header>
        <h2 id="roles">Roles in {project}</h2>
        <p>Without any, {person.name} no longer belongs to the project. What they rated stays.</p>
      </header>
      <Form method="post" key={person.roles.join()}>
        <input type="hidden" name="intent" value="roles" />
        {person.roles.map((role) => (
          <input key={role} type="hidden" name="before" value={role} />
        ))}
        {builds ? (
          <p className="banner" data-tone="warn">
            Whoever builds the product should not rate it: a builder knows what it ought to say. Holdout items are
            closed to builders, whatever else they are.
          </p>
        ) : null}
        {person.lastAdmin ? (
          <p className="banner">
            Nobody else can administer {project}. Make another admin before taking this role away.
          </p>
        ) : null}
        <RoleBoxes roles={ROLES} held={person.roles} legend="Works here as" disabled={!mayChange} />
        {mayChange ? <Submit kind="primary">Save the roles</Submit> : null}
      </Form>
    </section>
  )
}

/** Why an account cannot be changed by this admin; null where it can. */
function hindrance({ person, project, self }: Shown & { self: boolean }): string | null {
  if (person.email === null)
    return `${person.name} is known from imported ratings only. There is no account to sign in with.`
  if (person.beyond) {
    return `${person.name} also works in a project that you do not administer, so the account is not yours to change. You can take the roles in ${project} away.`
  }
  return self ? 'This is your own account. You change it under your name, at the left.' : null
}

export function PasswordMatter(props: Shown & { self: boolean }) {
  const { person } = props
  const why = hindrance(props) ?? (person.disabledAt === null ? null : 'The account is disabled. Enable it first.')
  return (
    <section aria-labelledby="password">
      <header>
        <h2 id="password">Password</h2>
        <p>For somebody who has forgotten theirs.</p>
      </header>
      {why ? (
        <p className="soft">{why}</p>
      ) : (
        <Form method="post">
          <input type="hidden" name="intent" value="password-link" />
          <p className="soft">
            A link to send to {person.name}, good once and for {PASSWORD_LINK_DAYS} days. The present password holds
            until it is used; then every browser of theirs is signed out.
          </p>
          <Submit>Make a password link</Submit>
        </Form>
      )}
    </section>
  )
}

export function AccountMatter(props: Shown & { self: boolean }) {
  const { person } = props
  const why = hindrance(props)
  return (
    <section aria-labelledby="account">
      <header>
        <h2 id="account">Account</h2>
        <p>{person.disabledAt === null ? 'Active.' : 'Disabled: nobody can sign in with it.'}</p>
      </header>
      {why ? (
        <p className="soft">{why}</p>
      ) : person.disabledAt !== null ? (
        <Form method="post">
          <input type="hidden" name="intent" value="enable" />
          <Submit>Enable the account</Submit>
        </Form>
      ) : (
        <details className="ask">
          <summary className="danger">Disable the account…</summary>
          <Form method="post">
            <input type="hidden" name="intent" value="disable" />
            <p>
              {person.name} is signed out everywhere at once and cannot sign in again, in any project, until an admin
              enables the account. Their ratings stay, and items in their hands go back to the queue.
            </p>
            <Submit kind="danger">Disable the account of {person.name}</Submit>
          </Form>
        </details>
      )}
    </section>
  )
}
