import { Form } from '@remix-run/react'
import { Scroll } from '#app/ui/scroll.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { When } from '#app/ui/when.tsx'

type Session = { id: string; browser: string; createdAt: number; expiresAt: number; current: boolean }

/** One's open sessions, each with a way to end it, and one to end them all. */
export function Sessions({ sessions }: { sessions: Session[] }) {
  return (
    <div>
      <Scroll label="Your open sessions">
        <table>
          <thead>
            <tr>
              <th scope="col">Browser</th>
              <th scope="col">Since</th>
              <th scope="col">Ends</th>
              <th scope="col">
                <span className="unseen">What can be done</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <tr key={session.id}>
                <th scope="row">{session.browser}</th>
                <td>
                  <When at={session.createdAt} time />
                </td>
                <td>
                  <When at={session.expiresAt} />
                </td>
                <td className="number">
                  {session.current ? <span className="faint">this one</span> : <End session={session} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Form method="post">
        <input type="hidden" name="intent" value="end-all" />
        <Submit>Sign out everywhere, here too</Submit>
      </Form>
    </div>
  )
}

function End({ session }: { session: Session }) {
  return (
    <Form method="post">
      <input type="hidden" name="intent" value="end-session" />
      <input type="hidden" name="session" value={session.id} />
      <button type="submit" className="quiet" aria-label={`Sign out ${session.browser}`}>
        Sign out
      </button>
    </Form>
  )
}
