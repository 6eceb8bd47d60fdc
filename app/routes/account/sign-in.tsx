import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { browserCookie, readBrowserCookie } from '#app/auth/browser-cookie.server.ts'
import { demoPeople } from '#app/auth/demo.server.ts'
import { requireSameOrigin } from '#app/auth/guard.server.ts'
import { openSession, readSession } from '#app/auth/session.server.ts'
import { isUntouched } from '#app/auth/setup.server.ts'
import { signIn } from '#app/auth/sign-in.server.ts'
import { addressOf, safePath } from '#app/http/address.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { log } from '#app/log.server.ts'
import { store } from '#app/store.server.ts'
import { Door } from '#app/ui/alone.tsx'
import { FormFaults } from '#app/ui/faults.tsx'
import { Field } from '#app/ui/field.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { DEMO_PASSWORD } from '#db/seed/demo.ts'
import { demoSights } from '#db/seed/demo-tour.ts'

export const meta: MetaFunction = () => [{ title: 'Sign in · Assay' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const to = safePath(new URL(request.url).searchParams.get('to'))
  if (await readSession(request)) throw redirect(to)
  const demo = await demoPeople(store())
  return {
    to,
    untouched: await isUntouched(store()),
    demo: demo.length > 0 ? { people: demo, password: DEMO_PASSWORD, sights: await sightsFor(demo) } : null,
  }
}

/** What there is to look at, with the roles of whom it is for. */
const sightsFor = async (people: Demo['people']): Promise<Demo['sights']> =>
  (await demoSights(store())).flatMap((sight) => {
    const person = people.find(({ email }) => email === sight.email)
    return person ? { ...sight, roles: person.roles } : []
  })

export async function action({ request, context }: ActionFunctionArgs) {
  requireSameOrigin(request)
  const form = await answering(() => receiveForm(request))
  const entered = (name: string) => String(form.get(name) ?? '')
  const address = addressOf(context)
  const known = readBrowserCookie(request)
  try {
    const { user, browser } = await signIn(store(), {
      email: entered('email'),
      password: entered('password'),
      address,
      browser: known,
    })
    const headers = new Headers({
      'Set-Cookie': await openSession(user.id, request.headers.get('User-Agent') ?? ''),
    })
    headers.append('Set-Cookie', browserCookie(browser))
    throw redirect(safePath(entered('to')), { headers })
  } catch (error) {
    const faults = errorsOf(error)
    log().info({ address, status: faults.status }, 'sign-in failed')
    return data({ email: entered('email'), faults }, { status: faults.status })
  }
}

export default function SignIn() {
  const { to, untouched, demo } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  if (untouched) {
    return (
      <Door title="Not set up yet">
        <p>
          Nobody has an account here. Open the address that was printed in the terminal when the server started: it
          makes the first account and the first project.
        </p>
      </Door>
    )
  }
  return (
    <Door title="Sign in">
      <Form method="post" className="stack" noValidate>
        <FormFaults faults={tried?.faults} />
        <input type="hidden" name="to" value={to} />
        <Field label="Email" error={tried?.faults.fields.email}>
          {(attributes) => (
            <input {...attributes} name="email" type="email" autoComplete="username" defaultValue={tried?.email} />
          )}
        </Field>
        <Field label="Password" error={tried?.faults.fields.password}>
          {(attributes) => <input {...attributes} name="password" type="password" autoComplete="current-password" />}
        </Field>
        <Submit kind="primary">Sign in</Submit>
      </Form>
      {demo ? (
        <DemoPeople {...demo} to={to} />
      ) : (
        <p>No account, or the password forgotten? An admin of your project can send you a link.</p>
      )}
    </Door>
  )
}

type Demo = {
  people: { email: string; name: string; roles: readonly string[] }[]
  password: string
  sights: { email: string; path: string; what: string; roles: readonly string[] }[]
}

/** The demo's people, each one press away. Only where the server is reached as localhost. */
function DemoPeople({ people, password, sights, to }: Demo & { to: string }) {
  return (
    <section className="section" aria-labelledby="demo">
      <header>
        <h2 id="demo">Look around the demo</h2>
        <p>
          Everybody’s password is <code>{password}</code>.
        </p>
      </header>
      <ul className="demo-people">
        {sights.map(({ email, path, what, roles }) => (
          <li key={path}>
            <Form method="post">
              <input type="hidden" name="to" value={path} />
              <input type="hidden" name="email" value={email} />
              <input type="hidden" name="password" value={password} />
              <button type="submit">
                {what} <span className="faint">{roles.join(', ')}</span>
              </button>
            </Form>
          </li>
        ))}
      </ul>
      <p>Or as anybody else:</p>
      <ul className="demo-people">
        {people.map((person) => (
          <li key={person.email}>
            <Form method="post">
              <input type="hidden" name="to" value={to} />
              <input type="hidden" name="email" value={person.email} />
              <input type="hidden" name="password" value={password} />
              <button type="submit">
                {person.name} <span className="faint">{person.roles.join(', ')}</span>
              </button>
            </Form>
          </li>
        ))}
      </ul>
    </section>
  )
}
