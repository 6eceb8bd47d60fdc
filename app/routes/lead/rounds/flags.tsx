import { Form, Link } from '@remix-run/react'
import type { RaisedFlag } from '#app/evaluation/rounds/shown.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { When } from '#app/ui/when.tsx'

/** What raters flagged, what is open first. Nothing is drawn where nothing was flagged. */
export function Flags({ flags, mayResolve }: { flags: RaisedFlag[]; mayResolve: boolean }) {
  if (flags.length === 0) return null
  const open = flags.filter(({ resolvedAt }) => resolvedAt === null)
  const dealtWith = flags.filter(({ resolvedAt }) => resolvedAt !== null)
  return (
    <Section
      id="flags"
      title="Flags"
      lead={
        open.length === 0 ? 'All of them are dealt with.' : 'Something is wrong with these items, their raters say.'
      }
    >
      <Scroll label="Flags">
        <table className="flags">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Case</th>
              <th scope="col">Note</th>
              <th scope="col">By</th>
              <th scope="col">When</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {[...open, ...dealtWith].map((flag) => (
              <tr key={flag.id}>
                <th scope="row">{flag.kind}</th>
                <td>
                  <Link to={`../cases/${flag.case.id}`}>{flag.case.key}</Link>{' '}
                  <span className="faint">{flag.systemVersion}</span>
                </td>
                <td>{flag.note}</td>
                <td>{flag.rater}</td>
                <td>
                  <When at={flag.createdAt} />
                </td>
                <td>
                  <State flag={flag} mayResolve={mayResolve} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  )
}

function State({ flag, mayResolve }: { flag: RaisedFlag; mayResolve: boolean }) {
  if (flag.resolvedAt !== null)
    return <span className="faint">dealt with{flag.resolvedBy ? ` by ${flag.resolvedBy}` : ''}</span>
  if (!mayResolve)
    return (
      <span className="state" data-tone="warn">
        open
      </span>
    )
  return (
    <Form method="post">
      <input type="hidden" name="intent" value="resolve-flag" />
      <input type="hidden" name="flag" value={flag.id} />
      <Submit>
        Dealt with<span className="unseen">: {flag.case.key}</span>
      </Submit>
    </Form>
  )
}
