import { rm } from 'node:fs/promises'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { newId } from '#app/ambient.ts'
import { requireScope } from '#app/auth/guard.server.ts'
import { env } from '#app/env.server.ts'
import { deleteUpload, uploadPath } from '#app/evaluation/imports/job.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { forgetUploads, keepUpload } from '#app/evaluation/traces/upload.ts'
import { columnsOf } from '#app/formats/columns.ts'
import { TRACE_FORMATS } from '#app/formats/traces/told-apart.ts'
import { amongst } from '#app/http/entered.ts'
import { errorsOf } from '#app/http/form.ts'
import { receiveFile } from '#app/http/receive.server.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Field } from '#app/ui/field.tsx'
import { Page } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { Columns } from '../imports/columns.tsx'
import { FormatChoice } from './format-choice.tsx'

export const meta: MetaFunction = () => [{ title: 'Import traces · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requireScope(request, params, 'cases.write')
  return { columns: columnsOf('traces') }
}

/** Takes the file in, and goes to where it is looked at; nothing of it is in the project yet. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'cases.write')
  const { dataDir } = env()
  const id = newId()
  try {
    const { form, fileName, bytes } = await receiveFile(request, uploadPath(dataDir, id))
    if (fileName === '' || bytes === 0) {
      const file = fileName === '' ? 'Choose a file.' : 'The file is empty.'
      throw new Problem('invalid', 'Nothing was read.', { fields: { file } })
    }
    const [traceFormat] = amongst(form, 'format', TRACE_FORMATS)
    await keepUpload(store(), scope, id, {
      fileName,
      bytes,
      options: { redact: ['email', 'card', 'phone'], ...(traceFormat === undefined ? {} : { traceFormat }) },
    })
    for (const old of await forgetUploads(store())) await deleteUpload(dataDir, old)
  } catch (error) {
    await rm(uploadPath(dataDir, id), { force: true })
    const faults = errorsOf(error)
    return data({ faults }, { status: faults.status })
  }
  throw redirect(`/p/${scope.project.slug}/traces/new/${id}`)
}

export default function NewTraces() {
  const { columns } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const busy = useNavigation().state === 'submitting'
  return (
    <Page title="Import traces">
      <Form method="post" encType="multipart/form-data" className="matters" noValidate>
        <FormFaults faults={done?.faults} />
        <section aria-labelledby="file">
          <header>
            <h2 id="file">The file</h2>
            <p>
              An export of an observability tool, or a file of our own. First it is only looked at: the next page shows
              what its fields become and what would be masked, before anything is stored.
            </p>
          </header>
          <div>
            <Field
              label="File"
              error={done?.faults.fields.file}
              hint="Up to 1 GB. Larger ones go through the command line."
            >
              {(attributes) => (
                <input {...attributes} type="file" name="file" accept=".jsonl,.ndjson,.json,.csv,.tsv" />
              )}
            </Field>
            <FormatChoice value="" />
            <div className="row">
              <Submit kind="primary">{busy ? 'Sending the file …' : 'Look at it'}</Submit>
              <Link className="button" to="../traces">
                Back
              </Link>
            </div>
          </div>
        </section>
        <section aria-labelledby="own">
          <header>
            <h2 id="own">A file of our own</h2>
            <p>JSON Lines or CSV in UTF-8. The other formats are told apart by what they hold.</p>
          </header>
          <Columns kind="traces" columns={columns} />
        </section>
      </Form>
    </Page>
  )
}
