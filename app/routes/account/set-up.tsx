import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { nameFrom } from '#app/auth/account.server.ts'
import { enter } from '#app/auth/enter.server.ts'
import { requireSameOrigin } from '#app/auth/guard.server.ts'
import { isSetupToken, setUp } from '#app/auth/setup.server.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { DEFAULT_CATEGORIES, DEFAULT_USER_SEGMENTS, projectValues } from '#app/evaluation/projects/project-values.ts'
import { addressOf } from '#app/http/address.ts'
import { amongst, textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Alone } from '#app/ui/alone.tsx'
import { FormFaults } from '#app/ui/faults.tsx'
import { Field } from '#app/ui/field.tsx'
import { Submit } from '#app/ui/submit.tsx'
import type { Role } from '#db/schema/roles.ts'
import { ProjectFields } from '../admin/project-fields.tsx'
import { RoleBoxes } from '../admin/role-boxes.tsx'
import { NewPassword } from './new-password.tsx'

export const meta: MetaFunction = () => [{ title: 'Set up · Assay' }]

const BESIDE_ADMIN: readonly Role[] = ['owner', 'lead', 'rater']

/** Gone for ever once there is somebody, and for anyone without the printed token. */
async function requireToken(token: string): Promise<void> {
  if (await isSetupToken(store(), token)) return
  throw new Problem(
    'missing',
    'There is nothing to set up here. If nobody has an account yet, open the whole address that the server printed last when it started; otherwise sign in.',
  )
}

export async function loader({ request }: LoaderFunctionArgs) {
  const token = new URL(request.url).searchParams.get('token') ?? ''
  await answering(() => requireToken(token))
  return {
    token,
    entered: {
      name: '',
      email: '',
      roles: ['owner', 'lead'] satisfies Role[] as Role[],
      project: {
        projectName: '',
        slug: '',
        description: '',
        categories: DEFAULT_CATEGORIES.join('\n'),
        userSegments: DEFAULT_USER_SEGMENTS.join('\n'),
      },
    },
  }
}

export async function action({ request, context }: ActionFunctionArgs) {
  requireSameOrigin(request)
  const form = await answering(() => receiveForm(request))
  const text = (name: string) => textOf(form, name)
  const token = text('token')
  await answering(() => requireToken(token))
  const project = {
    projectName: text('projectName'),
    slug: text('slug'),
    description: text('description'),
    categories: text('categories'),
    userSegments: text('userSegments'),
  }
  const roles = amongst(form, 'role', BESIDE_ADMIN)
  try {
    const made = await setUp(store(), {
      token,
      person: { name: nameFrom(text('name')), email: text('email'), password: text('password') },
      project: projectValues({ ...project, name: project.projectName }),
      roles,
    })
    const headers = new Headers()
    for (const cookie of await enter(store(), request, addressOf(context), made.userId)) {
      headers.append('Set-Cookie', cookie)
    }
    throw redirect(`/p/${made.slug}`, { headers })
  } catch (error) {
    const faults = errorsOf(error)
    return data(
      { faults, entered: { name: text('name'), email: text('email'), roles, project } },
      { status: faults.status },
    )
  }
}

export default function SetUp() {
  const { token, entered: empty } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const { name, email, roles, project } = tried?.entered ?? empty
  const fields = tried?.faults.fields ?? {}
  return (
    <Alone title="Set up Assay">
      <p className="finding">
        This page makes the first account and the first project. <strong>It can be used once.</strong>
      </p>
      <Form method="post" className="matters" noValidate>
        <FormFaults faults={tried?.faults} />
        <input type="hidden" name="token" value={token} />
        <section aria-labelledby="you">
          <header>
            <h2 id="you">You</h2>
            <p>The first account. It is the admin of the project: it invites everybody else.</p>
          </header>
          <div>
            <Field label="Name" error={fields.name}>
              {(attributes) => <input {...attributes} name="name" autoComplete="name" defaultValue={name} />}
            </Field>
            <Field label="Email" hint="To sign in with. Assay sends no mail." error={fields.email}>
              {(attributes) => (
                <input {...attributes} name="email" type="email" autoComplete="username" defaultValue={email} />
              )}
            </Field>
            <NewPassword name="password" label="Password" error={fields.password} />
            <RoleBoxes roles={BESIDE_ADMIN} held={roles} legend="Your roles in the project, beside admin" />
            <p className="soft">
              An admin cannot read cases by being one. Owner and lead are ticked so that you can begin alone; take them
              away on the page of people once others do that work.
            </p>
          </div>
        </section>
        <section aria-labelledby="project">
          <header>
            <h2 id="project">The project</h2>
            <p>One product under evaluation. Its name and lists can be changed later.</p>
          </header>
          <div>
            <ProjectFields entered={project} fields={fields} />
            <Submit kind="primary">Make the account and the project</Submit>
          </div>
        </section>
      </Form>
    </Alone>
  )
}
