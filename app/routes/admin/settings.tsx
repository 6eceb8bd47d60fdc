import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { changeProject, readProject } from '#app/evaluation/projects/change-project.ts'
import { projectValues } from '#app/evaluation/projects/project-values.ts'
import { textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Page } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { ProjectFields } from './project-fields.tsx'

export const meta: MetaFunction = () => [{ title: 'Settings · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'project.write')
  const { name, description, categories, userSegments, version } = await answering(() => readProject(store(), scope))
  return {
    slug: scope.project.slug,
    version,
    entered: {
      projectName: name,
      description,
      categories: categories.join('\n'),
      userSegments: userSegments.join('\n'),
    },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'project.write')
  const form = await answering(() => receiveForm(request))
  const text = (name: string) => textOf(form, name)
  const entered = {
    projectName: text('projectName'),
    description: text('description'),
    categories: text('categories'),
    userSegments: text('userSegments'),
  }
  const version = text('version')
  try {
    const { slug: _kept, ...values } = projectValues({
      ...entered,
      name: entered.projectName,
      slug: scope.project.slug,
    })
    await changeProject(store(), scope, { ...values, version })
    return data({ faults: undefined, entered: undefined, version: undefined })
  } catch (error) {
    const faults = errorsOf(error)
    return data({ faults, entered, version }, { status: faults.status })
  }
}

export default function Settings() {
  const loaded = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  return (
    <Page title="Settings">
      {done && !done.faults ? (
        <p className="banner" role="status">
          The settings are saved.
        </p>
      ) : null}
      <Form method="post" className="matters" noValidate key={done?.version ?? loaded.version}>
        <FormFaults faults={done?.faults} />
        <input type="hidden" name="version" value={done?.version ?? loaded.version} />
        <section aria-labelledby="project">
          <header>
            <h2 id="project">The project</h2>
            <p>
              Its address, /p/{loaded.slug}, stays. A category or user segment that cases carry cannot be taken away.
            </p>
          </header>
          <div>
            <ProjectFields entered={done?.entered ?? loaded.entered} fields={done?.faults?.fields ?? {}} />
            <Submit kind="primary">Save</Submit>
          </div>
        </section>
      </Form>
    </Page>
  )
}
