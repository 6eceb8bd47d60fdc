import { Form } from '@remix-run/react'
import { Field } from '#app/ui/field.tsx'
import { Section } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { When } from '#app/ui/when.tsx'

type Request = {
  id: string
  reason: string
  askedBy: string
  askedAs: 'admin' | 'lead'
  askedAt: number
  answer: 'agreed' | 'refused' | 'withdrawn' | null
  answeredBy: string | null
  answeredAt: number | null
  opensUntil: number | null
  mine: boolean
  mayAnswer: boolean
  mayRead: boolean
}

const ANSWERS = { agreed: 'agreed', refused: 'refused', withdrawn: 'took it back' }

/** One request, how it stands, and what the reader may do about it. */
export function Asked({ asked, open }: { asked: Request; open: boolean }) {
  const { id, reason, askedBy, askedAs, askedAt, answer, answeredBy, answeredAt, opensUntil } = asked
  const other = askedAs === 'lead' ? 'An admin' : 'A lead'
  return (
    <Section
      id={id}
      title={`${askedBy} asked as ${askedAs}`}
      aside={<When at={askedAt} time />}
      lead={<span className="reason">“{reason}”</span>}
    >
      {answer === null ? (
        <p>{other} of the project, who is another person, has to agree.</p>
      ) : (
        <p>
          {answeredBy} {ANSWERS[answer]} on <When at={answeredAt ?? 0} time />.
          {opensUntil === null ? null : (
            <>
              {' '}
              The two of them may read the case until <When at={opensUntil} time />.
            </>
          )}
        </p>
      )}
      <Form method="post" className="row">
        <input type="hidden" name="request" value={id} />
        {asked.mayAnswer ? (
          <>
            <Submit kind="danger" name="intent" value="agree">
              Agree: break the seal
            </Submit>
            <Submit name="intent" value="refuse">
              Refuse
            </Submit>
          </>
        ) : null}
        {asked.mine && answer === null ? (
          <Submit name="intent" value="withdraw">
            Take it back
          </Submit>
        ) : null}
        {asked.mayRead ? (
          <Submit kind="primary" name="intent" value="open">
            {open ? 'Open the case again' : 'Open the case'}
          </Submit>
        ) : null}
        {asked.mayRead ? <span className="faint">Each opening is on record.</span> : null}
      </Form>
    </Section>
  )
}

/** Asks for a seal to be broken. */
export function Ask({
  roles,
  reason,
  error,
  again,
}: {
  roles: ('admin' | 'lead')[]
  reason: string
  error: string | undefined
  again: boolean
}) {
  if (roles.length === 0) {
    return (
      <p className="banner">
        You are an owner or a builder of this project, who never read its sealed cases. Ask a lead or an admin who is
        neither.
      </p>
    )
  }
  return (
    <Section
      id="ask"
      title={again ? 'Ask again' : 'Ask for it'}
      lead="For what cannot wait: a complaint, personal data, a danger. An admin and a lead do it together. Once they agree, both may read the case for an hour, it counts as burnt, and it retires with the next rotation. That cannot be taken back."
    >
      <Form method="post" className="stack" noValidate>
        <Field
          label="Why"
          error={error}
          hint="Whoever is to agree reads it, and it stays on record. Quote nothing of the case."
        >
          {(control) => (
            <textarea {...control} name="reason" rows={4} maxLength={2000} required defaultValue={reason} />
          )}
        </Field>
        {roles.length > 1 ? (
          <fieldset className="choice">
            <legend>You ask as</legend>
            <div>
              {roles.map((role, i) => (
                <label key={role}>
                  <input type="radio" name="as" value={role} defaultChecked={i === 0} />
                  {role}
                </label>
              ))}
            </div>
          </fieldset>
        ) : (
          <input type="hidden" name="as" value={roles[0]} />
        )}
        <div>
          <Submit kind="danger" name="intent" value="ask">
            Ask to break the seal
          </Submit>
        </div>
      </Form>
    </Section>
  )
}
