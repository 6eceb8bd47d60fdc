import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { requireSameOrigin } from '#app/auth/guard.server.ts'
import { openSession, readSession } from '#app/auth/session.server.ts'
import { signIn } from '#app/auth/sign-in.server.ts'
import { errorsOf } from '#app/http/form.ts'

export const meta: MetaFunction = () => [{ title: 'Sign in · Assay' }]

/** Only a path of this site is gone back to. */
const safePath = (to: string | null): string => (to && /^\/(?![/\\])/.test(to) ? to : '/')

export async function loader({ request }: LoaderFunctionArgs) {
  const to = safePath(new URL(request.url).searchParams.get('to'))
  if (await readSession(request)) throw redirect(to)
  return { to }
}

export async function action({ request }: ActionFunctionArgs) {
  requireSameOrigin(request)
  const form = await request.formData()
  const email = String(form.get('email') ?? '')
  try {
    const user = await signIn(email, String(form.get('password') ?? ''))
    const cookie = await openSession(user.id, request.headers.get('User-Agent') ?? '')
    throw redirect(safePath(String(form.get('to') ?? '/')), { headers: { 'Set-Cookie': cookie } })
  } catch (error) {
    if (error instanceof Response) throw error
    return { email, ...errorsOf(error) }
  }
}

export default function SignIn() {
  const { to } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  return (
    <main className="lone">
      <h1>Assay</h1>
      <Form method="post" className="stack">
        {tried?.message ? (
          <p className="banner" data-tone="bad" role="alert">
            {tried.message}
          </p>
        ) : null}
        <input type="hidden" name="to" value={to} />
        <label className="field">
          <span>Email</span>
          <input name="email" type="email" autoComplete="username" required defaultValue={tried?.email} />
        </label>
        <label className="field">
          <span>Password</span>
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <button type="submit" className="primary">
          Sign in
        </button>
      </Form>
    </main>
  )
}
