import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { env } from '#app/env.server.ts'
import { renewInvitation, revokeInvitation } from '#app/evaluation/people/invite.ts'
import { listInvitations } from '#app/evaluation/people/list-invitations.ts'
import { type ListedPerson, listPeople } from '#app/evaluation/people/list-people.ts'
import { amongst, textOf } from '#app/http/entered.ts'
import { receiveForm } from '#app/http/form.ts'
import { pageOf, searchOf } from '#app/http/query.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Empty, Page, Section } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { When } from '#app/ui/when.tsx'
import { ROLES } from '#db/schema/roles.ts'
import { Invitations } from './invitations.tsx'
import { LinkOnce } from './link-once.tsx'

export const meta: MetaFunction = () => [{ title: 'People · Assay' }]

const SIZE = 50

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'people.read')
  const query = new URL(request.url).searchParams
  const filter = {
    search: searchOf(query),
    role: ROLES.find((role) => role === query.get('role')) ?? null,
    page: pageOf(query),
    size: SIZE,
  }
  const mayChange = can(scope.roles, 'people.write')
  const { people, total } = await answering(() => listPeople(store(), scope, filter))
  const invitations = mayChange ? await answering(() => listInvitations(store(), scope)) : []
  return { people, total, filter, invitations, mayChange }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'people.write')
  const form = await answering(() => receiveForm(request))
  const id = textOf(form, 'invitation')
  const [intent] = amongst(form, 'intent', ['renew', 'revoke'] as const)
  return answering(async () => {
    if (intent === 'renew') {
      const { token, name } = await renewInvitation(store(), scope, id)
      return { link: { url: `${env().appUrl}/invitation/${token}`, name } }
    }
    await revokeInvitation(store(), scope, id)
    return { link: null }
  })
}

export default function People() {
  const { people, total, filter, invitations, mayChange } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const filtered = filter.search !== '' || filter.role !== null
  return (
    <Page
      title="People"
      actions={
        mayChange ? (
          <Link className="button primary" to="invite">
            Invite
          </Link>
        ) : null
      }
    >
      {done?.link ? <LinkOnce {...done.link} /> : null}
      {invitations.length > 0 ? <Invitations invitations={invitations} /> : null}
      <Section id="list" title={mayChange ? 'Who works here' : 'Who works here, and as what'}>
        <Form className="filters">
          <label className="field search">
            <span>Name or email</span>
            <input type="search" name="q" defaultValue={filter.search} />
          </label>
          <label className="field">
            <span>Role</span>
            <select name="role" defaultValue={filter.role ?? ''}>
              <option value="">Any</option>
              {ROLES.map((role) => (
                <option key={role}>{role}</option>
              ))}
            </select>
          </label>
          <button type="submit">Apply</button>
        </Form>
        {people.length === 0 ? (
          <Empty
            title="Nobody found"
            action={
              filtered ? (
                <Link className="button" to=".">
                  Show everybody
                </Link>
              ) : null
            }
          >
            {filtered ? 'No name or email in this project fits.' : 'Nobody is on this page.'}
          </Empty>
        ) : (
          <Scroll label="People of the project">
            <table className="people">
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">Email</th>
                  <th scope="col">Roles</th>
                  <th scope="col">Account</th>
                  <th scope="col">Here since</th>
                </tr>
              </thead>
              <tbody>
                {people.map((person) => (
                  <Row key={person.id} person={person} />
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
        <Paging page={filter.page} size={SIZE} total={total} of="people" />
      </Section>
    </Page>
  )
}

function Row({ person }: { person: ListedPerson }) {
  return (
    <tr>
      <th scope="row">
        <Link to={person.id}>{person.name}</Link>
      </th>
      <td>{person.email ?? <span className="faint">none</span>}</td>
      <td>{person.roles.join(', ')}</td>
      <td>
        <AccountState {...person} />
      </td>
      <td>
        <When at={person.since} />
      </td>
    </tr>
  )
}

export function AccountState({ disabledAt, canSignIn }: Pick<ListedPerson, 'disabledAt' | 'canSignIn'>) {
  if (disabledAt !== null) {
    return (
      <span className="state" data-tone="bad">
        Disabled
      </span>
    )
  }
  if (canSignIn) return <>Active</>
  return (
    <span className="state" data-tone="none">
      From an import
    </span>
  )
}
