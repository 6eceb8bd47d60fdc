import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { browserCookie, readBrowserCookie } from '#app/auth/browser-cookie.server.ts'
import { enter } from '#app/auth/enter.server.ts'
import { requireSameOrigin } from '#app/auth/guard.server.ts'
import {
  acceptAsAccount,
  acceptAsNew,
  type Opened,
  openInvitation,
  setPasswordByLink,
} from '#app/auth/invitation.server.ts'
import { openSession, readSession } from '#app/auth/session.server.ts'
import { signIn } from '#app/auth/sign-in.server.ts'
import { addressOf } from '#app/http/address.ts'
import { textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Door } from '#app/ui/alone.tsx'
import { FormFaults } from '#app/ui/faults.tsx'
import { Field } from '#app/ui/field.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { When } from '#app/ui/when.tsx'
import { NewPassword } from './new-password.tsx'

export const meta: MetaFunction = () => [{ title: 'Invitation · Assay' }, { name: 'robots', content: 'noindex' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const invitation = await answering(() => openInvitation(store(), params.token ?? ''))
  const signedIn = await readSession(request)
  return { invitation, signedInAs: signedIn?.user.email ?? null }
}

type Entered = { name: string; password: string }

/** Does what the link is for; returns the cookies of a new session. */
async function accept(request: Request, address: string, token: string, opened: Opened, entered: Entered) {
  if (opened.kind === 'join') return enter(store(), request, address, await acceptAsNew(store(), token, entered))
  if (opened.kind === 'password') {
    return enter(store(), request, address, await setPasswordByLink(store(), token, entered.password))
  }
  const signedIn = await readSession(request)
  if (signedIn?.user.email === opened.email) {
    await acceptAsAccount(store(), token, signedIn.user)
    return []
  }
  const { user, browser } = await signIn(store(), {
    email: opened.email,
    password: entered.password,
    address,
    browser: readBrowserCookie(request),
  })
  await acceptAsAccount(store(), token, { ...user, email: opened.email })
  return [await openSession(user.id, request.headers.get('User-Agent') ?? ''), browserCookie(browser)]
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  requireSameOrigin(request)
  const token = params.token ?? ''
  const opened = await answering(() => openInvitation(store(), token))
  const form = await answering(() => receiveForm(request))
  const entered = { name: textOf(form, 'name'), password: textOf(form, 'password') }
  try {
    const headers = new Headers()
    for (const cookie of await accept(request, addressOf(context), token, opened, entered)) {
      headers.append('Set-Cookie', cookie)
    }
    throw redirect(`/p/${opened.project.slug}`, { headers })
  } catch (error) {
    const faults = errorsOf(error)
    return data({ faults, name: entered.name }, { status: faults.status })
  }
}

export default function Invitation() {
  const { invitation, signedInAs } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const fields = tried?.faults.fields ?? {}
  const { kind, email } = invitation
  const ownsIt = signedInAs === email
  return (
    <Door title={kind === 'password' ? 'A new password' : invitation.project.name}>
      <About {...invitation} />
      <Form method="post" className="stack" noValidate>
        <FormFaults faults={tried?.faults} />
        {kind === 'join' ? (
          <Field label="Your name, as others see it" error={fields.name}>
            {(attributes) => (
              <input {...attributes} name="name" autoComplete="name" defaultValue={tried?.name ?? invitation.name} />
            )}
          </Field>
        ) : null}
        {kind !== 'add' ? (
          <NewPassword name="password" label="Choose a password" email={email} error={fields.password} />
        ) : ownsIt ? null : (
          <Field label={`Password of ${email}`} error={fields.password}>
            {(attributes) => <input {...attributes} name="password" type="password" autoComplete="current-password" />}
          </Field>
        )}
        <Submit kind="primary">
          {kind === 'password'
            ? 'Set the password and sign in'
            : ownsIt
              ? 'Accept'
              : kind === 'add'
                ? 'Sign in and accept'
                : 'Join'}
        </Submit>
      </Form>
      <p>
        <small>
          For {email} only, once, until <When at={invitation.expiresAt} time />.
        </small>
      </p>
    </Door>
  )
}

function About({ kind, roles, invitedBy, email }: Pick<Opened, 'kind' | 'roles' | 'invitedBy' | 'email'>) {
  if (kind === 'password') {
    return <p>For the account {email}. Every browser that is signed in to it now is signed out.</p>
  }
  return (
    <p>
      {invitedBy ?? 'The people who run this server'} invited you to work here as {roles.join(', ')}.
      {kind === 'add' ? ' You have an account already; it gets these roles.' : null}
    </p>
  )
}
