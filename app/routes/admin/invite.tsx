import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData } from '@remix-run/react'
import { nameFrom, problemWithName } from '#app/auth/account.server.ts'
import { normalEmail, problemWithEmail } from '#app/auth/email.ts'
import { requireScope } from '#app/auth/guard.server.ts'
import { env } from '#app/env.server.ts'
import { INVITATION_DAYS } from '#app/evaluation/people/invitation-state.ts'
import { invitePerson } from '#app/evaluation/people/invite.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { amongst, textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Field } from '#app/ui/field.tsx'
import { Page } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { ROLES, type Role } from '#db/schema/roles.ts'
import { LinkOnce } from './link-once.tsx'
import { RoleBoxes } from './role-boxes.tsx'

export const meta: MetaFunction = () => [{ title: 'Invite · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requireScope(request, params, 'people.write')
  return null
}

/** The invitee as entered; an `invalid` Problem that says for each field what is wrong. */
function inviteeFrom({ name, email: entered, roles }: { name: string; email: string; roles: Role[] }) {
  const email = normalEmail(entered)
  const problems: [string, string | null][] = [
    ['name', problemWithName(name)],
    ['email', problemWithEmail(email)],
    ['role', roles.length === 0 ? 'Tick at least one role.' : null],
  ]
  const fields = Object.fromEntries(problems.filter((problem): problem is [string, string] => problem[1] !== null))
  if (Object.keys(fields).length > 0) throw new Problem('invalid', 'No invitation was made.', { fields })
  return { name: nameFrom(name), email, roles }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'people.write')
  const form = await answering(() => receiveForm(request))
  const entered = { name: textOf(form, 'name'), email: textOf(form, 'email'), roles: amongst(form, 'role', ROLES) }
  try {
    const invitee = inviteeFrom(entered)
    const token = await invitePerson(store(), scope, invitee)
    return data({
      link: { url: `${env().appUrl}/invitation/${token}`, name: invitee.name },
      faults: undefined,
      entered,
    })
  } catch (error) {
    const faults = errorsOf(error)
    return data({ link: undefined, faults, entered }, { status: faults.status })
  }
}

export default function Invite() {
  const done = useActionData<typeof action>()
  const fields = done?.faults?.fields ?? {}
  if (done?.link) {
    return (
      <Page title="Invitation made">
        <LinkOnce {...done.link} />
        <div className="row">
          <Link className="button" to="../people">
            Back to people
          </Link>
          <Link className="button" to="." reloadDocument>
            Invite somebody else
          </Link>
        </div>
      </Page>
    )
  }
  return (
    <Page title="Invite">
      <Form method="post" className="matters" noValidate>
        <FormFaults faults={done?.faults} />
        <section aria-labelledby="who">
          <header>
            <h2 id="who">Who</h2>
            <p>
              You get a link to send them. It lasts {INVITATION_DAYS} days. Somebody with an account here already keeps
              it, and gets the roles beside those of other projects.
            </p>
          </header>
          <div>
            <Field label="Name" error={fields.name}>
              {(attributes) => (
                <input {...attributes} name="name" autoComplete="off" defaultValue={done?.entered.name} />
              )}
            </Field>
            <Field label="Email" error={fields.email}>
              {(attributes) => (
                <input
                  {...attributes}
                  name="email"
                  type="email"
                  autoComplete="off"
                  defaultValue={done?.entered.email}
                />
              )}
            </Field>
          </div>
        </section>
        <section aria-labelledby="roles">
          <header>
            <h2 id="roles">Roles</h2>
            <p>
              Several at once are fine, but for one pair: whoever builds the product should not rate it. Holdout items
              are closed to builders.
            </p>
          </header>
          <div>
            <RoleBoxes
              roles={ROLES}
              held={done?.entered.roles ?? ['rater']}
              legend="May work here as"
              error={fields.role}
            />
            <Submit kind="primary">Make the invitation</Submit>
          </div>
        </section>
      </Form>
    </Page>
  )
}
