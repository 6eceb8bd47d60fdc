import { rm } from 'node:fs/promises'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { newId } from '#app/ambient.ts'
import { requireScope } from '#app/auth/guard.server.ts'
import { env } from '#app/env.server.ts'
import { uploadPath } from '#app/evaluation/imports/job.ts'
import { queueImport, uploadable } from '#app/evaluation/imports/list.ts'
import { wakeJobs } from '#app/evaluation/jobs/start.ts'
import { listRubrics } from '#app/evaluation/rubrics/read.ts'
import { columnsOf } from '#app/formats/columns.ts'
import { errorsOf } from '#app/http/form.ts'
import { receiveFile } from '#app/http/receive.server.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Field } from '#app/ui/field.tsx'
import { Page } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'
import type { EnteredImport } from './asked.ts'
import { Columns } from './columns.tsx'
import { enteredImport, importFrom } from './entered.server.ts'
import { KIND_WORDS } from './kinds.ts'
import { Options } from './options.tsx'

export const meta: MetaFunction = () => [{ title: 'Import · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'imports.read')
  // Traces come in by a page of their own, which shows first what would be stored.
  const kinds = uploadable(scope).filter((kind) => kind !== 'traces')
  const wanted = new URL(request.url).searchParams.get('kind')
  const rubrics = await answering(() => listRubrics(store(), scope))
  return {
    kinds: kinds.map((kind) => ({ kind, columns: columnsOf(kind) })),
    chosen: kinds.find((kind) => kind === wanted) ?? kinds[0] ?? 'cases',
    versions: rubrics.flatMap(({ key, name, versions }) =>
      versions.filter(({ state }) => state === 'published').map(({ number }) => ({ key, name, number })),
    ),
  }
}

/** Takes the file in and queues it; what is in it is looked at by the job. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'imports.read')
  const id = newId()
  const path = uploadPath(env().dataDir, id)
  let entered: EnteredImport | null = null
  try {
    const { form, fileName, bytes } = await receiveFile(request, path)
    entered = enteredImport(form)
    await queueImport(store(), scope, id, importFrom(entered, { fileName, bytes }))
  } catch (error) {
    await rm(path, { force: true })
    const faults = errorsOf(error)
    return data({ faults, entered }, { status: faults.status })
  }
  wakeJobs()
  throw redirect(`/p/${scope.project.slug}/imports/${id}`)
}

export default function NewImport() {
  const { kinds, chosen, versions } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const busy = useNavigation().state === 'submitting'
  const fields = done?.faults.fields ?? {}
  const kindNow = done?.entered?.kind || chosen
  return (
    <Page title="Import a file">
      <Form method="post" encType="multipart/form-data" className="matters import-form" noValidate>
        <FormFaults faults={done?.faults} />
        <section aria-labelledby="what">
          <header>
            <h2 id="what">What it holds</h2>
            <p>
              Import in this order where you begin: cases, then responses and references, then ratings. All of a file is
              stored or nothing, and the same file twice changes nothing. Traffic comes in as{' '}
              <Link to="../traces/new">traces</Link>.
            </p>
          </header>
          <fieldset className="boxes">
            <legend className="unseen">What the file holds</legend>
            {kinds.map(({ kind }) => (
              <label className="tick" key={kind}>
                <input type="radio" name="kind" value={kind} defaultChecked={kind === kindNow} />
                {KIND_WORDS[kind].label}
                <small>{KIND_WORDS[kind].what}</small>
              </label>
            ))}
            {fields.kind ? <p className="fault">{fields.kind}</p> : null}
          </fieldset>
        </section>
        <section aria-labelledby="file">
          <header>
            <h2 id="file">The file</h2>
            <p>In UTF-8: JSON Lines (one object a line) or CSV with a header line.</p>
          </header>
          <div>
            <Field label="File" error={fields.file} hint="Up to 1 GB. Larger ones go through the command line.">
              {(attributes) => (
                <input {...attributes} type="file" name="file" accept=".jsonl,.ndjson,.csv,.json,.tsv" />
              )}
            </Field>
            {kinds.map((one) => (
              <Columns key={one.kind} {...one} />
            ))}
          </div>
        </section>
        <Options versions={versions} entered={done?.entered ?? null} faults={fields} />
        <section>
          <header />
          <div>
            <div className="row">
              <Submit kind="primary">{busy ? 'Sending the file …' : 'Import'}</Submit>
              <Link className="button" to="../imports">
                Back
              </Link>
            </div>
          </div>
        </section>
      </Form>
    </Page>
  )
}
