import { Form, Link } from '@remix-run/react'
import type { OfferedGroup, OfferedTrace } from '#app/evaluation/traces/duplicates/offered.ts'
import { Submit } from '#app/ui/submit.tsx'
import { When } from '#app/ui/when.tsx'

/** Traces that ask nearly the same: which to keep, or that they are none. */
export function GroupOffered({ group, mayWrite }: { group: OfferedGroup; mayWrite: boolean }) {
  const { size, shown } = group
  const more = size - shown.length
  return (
    <Form method="post" className="near panel">
      <fieldset>
        <legend>{size.toLocaleString('en')} traces</legend>
        {shown.map((one, i) =>
          mayWrite ? (
            <label className="tick" key={one.id}>
              <input type="radio" name="keep" value={one.id} defaultChecked={i === 0} />
              <About one={one} first={i === 0} />
            </label>
          ) : (
            <p key={one.id}>
              <About one={one} first={i === 0} />
            </p>
          ),
        )}
        {more > 0 ? <p className="soft">and {more.toLocaleString('en')} more</p> : null}
      </fieldset>
      {mayWrite ? (
        <div className="row">
          <Submit name="intent" value="merge">
            Keep the one chosen
          </Submit>
          <Submit kind="quiet" name="intent" value="apart">
            Not duplicates
          </Submit>
        </div>
      ) : null}
    </Form>
  )
}

function About({ one, first }: { one: OfferedTrace; first: boolean }) {
  const told = [
    first ? 'the first' : `${Math.round(100 * one.likeness)} % like the first`,
    one.category ?? 'no category',
    one.userSegment ?? 'no user segment',
    one.state === 'sampled' ? 'a case was made of it' : '',
  ]
  return (
    <>
      <span>
        {one.beginning}{' '}
        <Link className="faint" to={`../traces/${one.id}`}>
          {one.key}
        </Link>
      </span>
      <small>
        {told.filter((part) => part !== '').join(' · ')}
        {one.occurredAt === null ? null : (
          <>
            {' · '}
            <When at={one.occurredAt} />
          </>
        )}
      </small>
    </>
  )
}
