import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { changeName, changePassword, setSingleKeys, signOutEverywhere } from '#app/auth/account.server.ts'
import { readBrowserCookie } from '#app/auth/browser-cookie.server.ts'
import { browserName } from '#app/auth/browser-name.ts'
import { requireUser } from '#app/auth/guard.server.ts'
import { projectsOf } from '#app/auth/projects.server.ts'
import { blankSessionCookie, type SignedIn } from '#app/auth/session.server.ts'
import { endSession, listSessions } from '#app/auth/session-list.server.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { mayMakeProjects } from '#app/evaluation/projects/make-project.ts'
import { addressOf } from '#app/http/address.ts'
import { textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Alone } from '#app/ui/alone.tsx'
import { FormFaults } from '#app/ui/faults.tsx'
import { Field } from '#app/ui/field.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { ThemeSwitch } from '#app/ui/theme.tsx'
import { NewPassword } from './new-password.tsx'
import { Sessions } from './sessions.tsx'

export const meta: MetaFunction = () => [{ title: 'Your account · Assay' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { user, sessionId } = await requireUser(request)
  const sessions = await listSessions(store(), user.id, sessionId)
  return {
    user,
    projects: await projectsOf(user.id),
    mayMakeProjects: await mayMakeProjects(store(), user.id),
    sessions: sessions.map(({ userAgent, ...session }) => ({ ...session, browser: browserName(userAgent) })),
  }
}

/** Does what one of the page's forms asks; returns what to say then. */
async function change(signedIn: SignedIn, form: FormData, request: Request, address: string): Promise<string> {
  const { user, sessionId } = signedIn
  const text = (name: string) => textOf(form, name)
  switch (text('intent')) {
    case 'name':
      await changeName(store(), user, text('name'))
      return 'Your name is saved.'
    case 'keys':
      await setSingleKeys(store(), user, form.has('singleKeys'))
      return form.has('singleKeys') ? 'Single keys are on.' : 'Single keys are off.'
    case 'password':
      await changePassword(store(), user, {
        present: text('present'),
        next: text('next'),
        sessionId,
        address,
        browser: readBrowserCookie(request),
      })
      return 'Your password is changed, and every other browser is signed out.'
    case 'end-session':
      await endSession(store(), user.id, text('session'))
      return 'That browser is signed out.'
    default:
      throw new Problem('invalid', 'This page is older than the server. Load it again, then try again.')
  }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const signedIn = await requireUser(request)
  const form = await answering(() => receiveForm(request))
  const intent = textOf(form, 'intent')
  if (intent === 'end-all') {
    await answering(() => signOutEverywhere(store(), signedIn.user))
    throw redirect('/sign-in', { headers: { 'Set-Cookie': blankSessionCookie() } })
  }
  try {
    const said = await change(signedIn, form, request, addressOf(context))
    return data({ intent, said, faults: undefined, name: undefined })
  } catch (error) {
    const faults = errorsOf(error)
    return data({ intent, said: undefined, faults, name: textOf(form, 'name') }, { status: faults.status })
  }
}

export default function Account() {
  const { user, projects, mayMakeProjects, sessions } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const faultsOf = (intent: string) => (done?.intent === intent ? done.faults : undefined)
  const [first] = projects
  return (
    <Alone
      title="Your account"
      ways={
        <>
          {first ? <Link to={`/p/${first.slug}`}>Back to {first.name}</Link> : null}
          <Form method="post" action="/sign-out">
            <button type="submit" className="quiet">
              Sign out
            </button>
          </Form>
        </>
      }
    >
      {done?.said ? (
        <p className="banner" role="status">
          {done.said}
        </p>
      ) : null}
      <div className="matters">
        <section aria-labelledby="name">
          <header>
            <h2 id="name">Name</h2>
            <p>As others see it. You sign in as {user.email}.</p>
          </header>
          <Form method="post" noValidate>
            <FormFaults faults={faultsOf('name')} />
            <input type="hidden" name="intent" value="name" />
            <Field label="Name" error={faultsOf('name')?.fields.name}>
              {(attributes) => (
                <input {...attributes} name="name" autoComplete="name" defaultValue={done?.name || user.name} />
              )}
            </Field>
            <Submit>Save the name</Submit>
          </Form>
        </section>
        <section aria-labelledby="projects">
          <header>
            <h2 id="projects">Projects</h2>
          </header>
          <div>
            {projects.length === 0 ? (
              <p>You belong to no project now. An admin of one can invite you, or give you a role again.</p>
            ) : (
              <ul className="lines">
                {projects.map((project) => (
                  <li key={project.slug}>
                    <Link to={`/p/${project.slug}`}>{project.name}</Link>
                  </li>
                ))}
              </ul>
            )}
            {mayMakeProjects ? (
              <Link className="button" to="/projects/new">
                Make another project
              </Link>
            ) : null}
          </div>
        </section>
        <section aria-labelledby="keys">
          <header>
            <h2 id="keys">Look and keys</h2>
            <p>The theme is kept in this browser, the keys in your account.</p>
          </header>
          <div>
            <ThemeSwitch />
            <Form method="post">
              <input type="hidden" name="intent" value="keys" />
              <label className="tick">
                <input type="checkbox" name="singleKeys" defaultChecked={user.singleKeys} />
                Single letters and digits act as keys when rating
                <small>
                  Switch this off if you speak to your computer, or press keys by accident. Ctrl Enter stays.
                </small>
              </label>
              <Submit>Save</Submit>
            </Form>
          </div>
        </section>
        <section aria-labelledby="password">
          <header>
            <h2 id="password">Password</h2>
            <p>Every other browser is signed out when it changes.</p>
          </header>
          <Form method="post" noValidate>
            <FormFaults faults={faultsOf('password')} />
            <input type="hidden" name="intent" value="password" />
            <Field label="Present password" error={faultsOf('password')?.fields.present}>
              {(attributes) => <input {...attributes} name="present" type="password" autoComplete="current-password" />}
            </Field>
            <NewPassword name="next" label="New password" error={faultsOf('password')?.fields.next} />
            <Submit>Change the password</Submit>
          </Form>
        </section>
        <section aria-labelledby="sessions">
          <header>
            <h2 id="sessions">Where you are signed in</h2>
            <p>A session ends by itself when it was not used for long.</p>
          </header>
          <Sessions sessions={sessions} />
        </section>
      </div>
    </Alone>
  )
}
