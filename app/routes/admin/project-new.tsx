import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData } from '@remix-run/react'
import { requireUser } from '#app/auth/guard.server.ts'
import { demandMaker, makeProject } from '#app/evaluation/projects/make-project.ts'
import { DEFAULT_CATEGORIES, DEFAULT_USER_SEGMENTS, projectValues } from '#app/evaluation/projects/project-values.ts'
import { amongst, textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Alone } from '#app/ui/alone.tsx'
import { FormFaults } from '#app/ui/faults.tsx'
import { Submit } from '#app/ui/submit.tsx'
import type { Role } from '#db/schema/roles.ts'
import { ProjectFields } from './project-fields.tsx'
import { RoleBoxes } from './role-boxes.tsx'

export const meta: MetaFunction = () => [{ title: 'New project · Assay' }]

const BESIDE_ADMIN: readonly Role[] = ['owner', 'lead', 'rater']

const EMPTY = {
  projectName: '',
  slug: '',
  description: '',
  categories: DEFAULT_CATEGORIES.join('\n'),
  userSegments: DEFAULT_USER_SEGMENTS.join('\n'),
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { user } = await requireUser(request)
  await answering(() => demandMaker(store(), user.id))
  return null
}

export async function action({ request }: ActionFunctionArgs) {
  const { user } = await requireUser(request)
  await answering(() => demandMaker(store(), user.id))
  const form = await answering(() => receiveForm(request))
  const text = (name: string) => textOf(form, name)
  const entered = {
    projectName: text('projectName'),
    slug: text('slug'),
    description: text('description'),
    categories: text('categories'),
    userSegments: text('userSegments'),
  }
  const roles = amongst(form, 'role', BESIDE_ADMIN)
  try {
    const made = await makeProject(store(), user, projectValues({ ...entered, name: entered.projectName }), roles)
    throw redirect(`/p/${made.slug}`)
  } catch (error) {
    const faults = errorsOf(error)
    return data({ faults, entered, roles }, { status: faults.status })
  }
}

export default function NewProject() {
  const tried = useActionData<typeof action>()
  const fields = tried?.faults.fields ?? {}
  return (
    <Alone title="New project" ways={<Link to="/account">Back to your account</Link>}>
      <Form method="post" className="matters" noValidate>
        <FormFaults faults={tried?.faults} />
        <section aria-labelledby="project">
          <header>
            <h2 id="project">The project</h2>
            <p>
              One product under evaluation, with its own cases, rubrics and people. Nothing is shared between projects.
            </p>
          </header>
          <div>
            <ProjectFields entered={tried?.entered ?? EMPTY} fields={fields} />
          </div>
        </section>
        <section aria-labelledby="you">
          <header>
            <h2 id="you">You</h2>
            <p>You become its admin. You can change your roles later.</p>
          </header>
          <div>
            <RoleBoxes roles={BESIDE_ADMIN} held={tried?.roles ?? ['owner', 'lead']} legend="Your roles beside admin" />
            <Submit kind="primary">Make the project</Submit>
          </div>
        </section>
      </Form>
    </Alone>
  )
}
