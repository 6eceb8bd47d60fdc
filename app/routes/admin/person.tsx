import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can, type Scope } from '#app/auth/permissions.ts'
import { env } from '#app/env.server.ts'
import { disableAccount, enableAccount } from '#app/evaluation/people/account-state.ts'
import { changeRoles } from '#app/evaluation/people/change-roles.ts'
import { makePasswordLink } from '#app/evaluation/people/password-link.ts'
import { readPerson } from '#app/evaluation/people/read-person.ts'
import { amongst, textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Page } from '#app/ui/page.tsx'
import { ROLES } from '#db/schema/roles.ts'
import { LinkOnce } from './link-once.tsx'
import { AccountMatter, PasswordMatter, RolesMatter } from './person-matters.tsx'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.person.name ?? 'Person'} · Assay` }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'people.read')
  const person = await answering(() => readPerson(store(), scope, params.person ?? ''))
  return {
    person,
    project: scope.project,
    mayChange: can(scope.roles, 'people.write'),
    mayReadLog: can(scope.roles, 'audit.read'),
    self: person.id === scope.user.id,
  }
}

type Done = { said: string | null; link: string | null }

const says = (said: string): Done => ({ said, link: null })

/** Does what one of the page's forms asks; returns what to say then. */
async function change(scope: Scope, personId: string, form: FormData): Promise<Done> {
  switch (textOf(form, 'intent')) {
    case 'roles': {
      const before = amongst(form, 'before', ROLES)
      const after = amongst(form, 'role', ROLES)
      const { added, removed } = await changeRoles(store(), scope, personId, { before, after })
      if (after.length === 0) throw redirect(`/p/${scope.project.slug}/people`)
      const changes = [
        added.length > 0 ? `Given: ${added.join(', ')}.` : '',
        removed.length > 0 ? `Taken: ${removed.join(', ')}.` : '',
      ]
      return says(changes.filter(Boolean).join(' ') || 'Nothing was changed.')
    }
    case 'password-link':
      return { said: null, link: `${env().appUrl}/invitation/${await makePasswordLink(store(), scope, personId)}` }
    case 'disable':
      await disableAccount(store(), scope, personId)
      return says('The account is disabled and signed out everywhere.')
    case 'enable':
      await enableAccount(store(), scope, personId)
      return says('The account is enabled again.')
    default:
      return says('This page is older than the server. Load it again, then try again.')
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'people.write')
  const form = await answering(() => receiveForm(request))
  try {
    return data({ ...(await change(scope, params.person ?? '', form)), faults: undefined })
  } catch (error) {
    const faults = errorsOf(error)
    return data({ said: null, link: null, faults }, { status: faults.status })
  }
}

export default function Person() {
  const { person, project, mayChange, mayReadLog, self } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  return (
    <Page
      title={person.name}
      note={<span className="soft">{person.email ?? 'known from an import'}</span>}
      actions={
        <>
          {mayReadLog ? (
            <Link className="button" to={`/p/${project.slug}/audit?person=${person.id}`}>
              What they did
            </Link>
          ) : null}
          <Link className="button" to="../people">
            All people
          </Link>
        </>
      }
    >
      {done?.faults ? (
        <p className="banner" data-tone="bad" role="alert">
          {done.faults.message}
        </p>
      ) : null}
      {done?.said ? (
        <p className="banner" role="status">
          {done.said}
        </p>
      ) : null}
      {done?.link ? <LinkOnce url={done.link} name={person.name} /> : null}
      <div className="matters">
        <RolesMatter person={person} project={project.name} mayChange={mayChange} />
        {mayChange ? <PasswordMatter person={person} project={project.name} self={self} /> : null}
        {mayChange ? <AccountMatter person={person} project={project.name} self={self} /> : null}
      </div>
    </Page>
  )
}
