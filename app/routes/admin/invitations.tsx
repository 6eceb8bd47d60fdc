import { Form } from '@remix-run/react'
import type { ListedInvitation } from '#app/evaluation/people/list-invitations.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { When } from '#app/ui/when.tsx'

/** Links that have been made and not used. */
export function Invitations({ invitations }: { invitations: ListedInvitation[] }) {
  return (
    <Section id="invitations" title="Not accepted yet">
      <Scroll label="Invitations">
        <table className="people invited">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Email</th>
              <th scope="col">For</th>
              <th scope="col">Made by</th>
              <th scope="col">Until</th>
              <th scope="col">
                <span className="unseen">What can be done</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {invitations.map((invitation) => (
              <Row key={invitation.id} invitation={invitation} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  )
}

function Row({ invitation }: { invitation: ListedInvitation }) {
  const { id, name, email, roles, state, expiresAt, invitedBy, forPassword } = invitation
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{email}</td>
      <td>{forPassword ? 'a new password' : roles.join(', ')}</td>
      <td>{invitedBy ?? 'the command line'}</td>
      <td>
        {state === 'expired' ? (
          <span className="state" data-tone="warn">
            Expired
          </span>
        ) : (
          <When at={expiresAt} />
        )}
      </td>
      <td className="number">
        <Form method="post" className="row end">
          <input type="hidden" name="invitation" value={id} />
          {forPassword ? null : (
            <Submit kind="quiet" name="intent" value="renew">
              New link
            </Submit>
          )}
          <Submit kind="quiet" name="intent" value="revoke">
            Revoke
          </Submit>
        </Form>
      </td>
    </tr>
  )
}
