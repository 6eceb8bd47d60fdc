import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { newId } from '#app/ambient.ts'
import { requireScope } from '#app/auth/guard.server.ts'
import { env } from '#app/env.server.ts'
import { deleteScanFiles, scanPath } from '#app/evaluation/contamination/scans/job.ts'
import { listScans, queueScan } from '#app/evaluation/contamination/scans/list.ts'
import { wakeJobs } from '#app/evaluation/jobs/start.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { errorsOf } from '#app/http/form.ts'
import { pageOf } from '#app/http/query.ts'
import { receiveFiles } from '#app/http/receive.server.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Field } from '#app/ui/field.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { usePolling } from '../imports/use-polling.ts'
import { PoolTabs } from '../pools/tabs.tsx'
import { isPending, ScanTable } from './table.tsx'

export const meta: MetaFunction = () => [{ title: 'Scan files · Assay' }]

const SIZE = 20
const POLL_MS = 2_000
const MOST_FILES = 20
const MOST_BYTES = 100_000_000

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'scan.run')
  const page = pageOf(new URL(request.url).searchParams)
  return { ...(await answering(() => listScans(store(), scope, { page, size: SIZE }))), page }
}

/** Takes the files in and queues their scan. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'scan.run')
  const id = newId()
  const { dataDir } = env()
  try {
    const { files } = await receiveFiles(request, (at) => scanPath(dataDir, id, at), MOST_FILES, MOST_BYTES)
    const named = files.filter(({ fileName, bytes }) => fileName !== '' && bytes > 0)
    if (named.length === 0 || named.length < files.length) throw noFile(files.some(({ fileName }) => fileName !== ''))
    await queueScan(store(), scope, id, { files: named.map(({ fileName, bytes }) => ({ name: fileName, bytes })) })
  } catch (error) {
    await deleteScanFiles(dataDir, id)
    const faults = errorsOf(error)
    return data({ faults }, { status: faults.status })
  }
  wakeJobs()
  throw redirect(`/p/${scope.project.slug}/scan/${id}`)
}

const noFile = (empty: boolean): Problem => {
  const files = empty ? 'One of the files is empty. Choose files that hold text.' : 'Choose one or more files.'
  return new Problem('invalid', 'Nothing was scanned.', { fields: { files } })
}

export default function Scans() {
  const { scans, total, page } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const busy = useNavigation().state === 'submitting'
  usePolling(scans.some(isPending), POLL_MS)
  return (
    <Page title="Scan files">
      <PoolTabs />
      <Form method="post" encType="multipart/form-data" className="matters" noValidate>
        <FormFaults faults={tried?.faults} />
        <section aria-labelledby="files">
          <header>
            <h2 id="files">Look for cases in files</h2>
            <p>
              Prompts, few-shot examples, fine-tuning sets: anything that goes into the product. Tells which cases they
              hold and how much, whole or with words changed, and whether sealed text has left Assay. Of sealed cases it
              never shows where, or any text.
            </p>
          </header>
          <div>
            <Field
              label="Files"
              error={tried?.faults.fields.files}
              hint={`Text in UTF-8, up to ${MOST_FILES} files of 100 MB. They are deleted once they are scanned.`}
            >
              {(attributes) => <input {...attributes} type="file" name="files" multiple />}
            </Field>
            <div className="row">
              <Submit kind="primary">{busy ? 'Sending the files …' : 'Scan'}</Submit>
            </div>
          </div>
        </section>
      </Form>
      <Section id="past" title="Past scans">
        {total === 0 ? (
          <p className="soft">
            None yet. On the command line: <code>npm run -s assay -- scan FILES --project …</code>
          </p>
        ) : (
          <>
            <ScanTable scans={scans} />
            <Paging page={page} size={SIZE} total={total} of="scans" />
          </>
        )}
      </Section>
    </Page>
  )
}
