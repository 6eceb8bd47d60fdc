import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { env } from '#app/env.server.ts'
import { deleteUpload, uploadPath } from '#app/evaluation/imports/job.ts'
import { wakeJobs } from '#app/evaluation/jobs/start.ts'
import { listsOf } from '#app/evaluation/traces/assign.ts'
import { previewTraces } from '#app/evaluation/traces/preview.ts'
import { namesIn } from '#app/evaluation/traces/redaction/names.ts'
import { changeUpload, discardUpload, importUpload, readUpload } from '#app/evaluation/traces/upload.ts'
import { FORMAT_NAMES } from '#app/formats/traces/told-apart.ts'
import { amongst } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Page } from '#app/ui/page.tsx'
import { ErrorTable } from '../imports/errors.tsx'
import { keepNames, keptNames, previewOptions } from './preview-form.server.ts'
import { Mapping, Masking, Sample } from './preview-parts.tsx'
import { PreviewSettings } from './preview-settings.tsx'

export const meta: MetaFunction = () => [{ title: 'Look at traces · Assay' }]

/** As many traces of the file as can be looked at while somebody waits. */
const LOOKED_AT = 2_000

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'cases.write')
  const id = params.job ?? ''
  const { dataDir } = env()
  return answering(async () => {
    const { fileName, bytes, options } = await readUpload(store(), scope, id)
    const names = await keptNames(dataDir, id)
    const found = await previewTraces(uploadPath(dataDir, id), { ...options, names: namesIn(names) }, LOOKED_AT)
    const formatName = found.format === null ? null : FORMAT_NAMES[found.format]
    return { fileName, bytes, options, names, found, formatName, lists: await listsOf(store().read, scope) }
  })
}

/** Changes what would be masked and looks again, imports, or discards. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'cases.write')
  const id = params.job ?? ''
  const { dataDir } = env()
  const base = `/p/${scope.project.slug}`
  let intent: string | undefined
  try {
    const form = await receiveForm(request)
    intent = amongst(form, 'intent', ['look', 'import', 'discard'] as const)[0]
    if (intent === 'discard') {
      await discardUpload(store(), scope, id)
      await deleteUpload(dataDir, id)
    } else {
      await readUpload(store(), scope, id)
      const options = previewOptions(form)
      await keepNames(dataDir, id, form, options)
      await changeUpload(store(), scope, id, options)
      if (intent === 'import') await importUpload(store(), scope, id)
    }
  } catch (error) {
    const faults = errorsOf(error)
    return data({ faults }, { status: faults.status })
  }
  if (intent === 'import') {
    wakeJobs()
    throw redirect(`${base}/imports/${id}`)
  }
  throw redirect(intent === 'discard' ? `${base}/traces/new` : `${base}/traces/new/${id}`)
}

const n = (count: number) => count.toLocaleString('en')

export default function PreviewTraces() {
  const { fileName, bytes, options, names, found, formatName, lists } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const { traces, complete, withoutAnswer, passed, errors } = found
  const passedOver = Object.entries(passed).map(([why, count]) => `${n(count)} ${why}`)
  return (
    <Page title={fileName} note={<span className="chip">Nothing stored yet</span>}>
      <div>
        <p className="finding">
          {formatName === null
            ? 'This file is of no format that is known.'
            : `This is ${formatName}${complete ? ` with ${n(traces)} traces` : `; its first ${n(traces)} traces were looked at`}${withoutAnswer > 0 ? `, ${n(withoutAnswer)} of them without an answer` : ''}.`}
        </p>
        <p className="soft">
          {n(Math.ceil(bytes / 1000))} kB.{' '}
          {passedOver.length > 0 ? `No traces of their own: ${passedOver.join(', ')}. ` : ''}
          {complete ? '' : 'The import reads all of it, and says then what it masked. '}
          <Link to="../traces">All traces</Link>
        </p>
      </div>
      {errors.length > 0 ? (
        <>
          <p className="banner" data-tone="bad">
            It would be refused as it is. Mend the file and send it again, or name its format below.
          </p>
          <ErrorTable errors={errors} />
        </>
      ) : null}
      <PreviewSettings
        options={options}
        names={names}
        lists={lists}
        faults={done?.faults}
        mayImport={errors.length === 0 && traces > 0}
      />
      {traces > 0 ? (
        <Masking
          redaction={found.redaction}
          chosen={(options.redact ?? []).length > 0}
          complete={complete}
          traces={traces}
        />
      ) : null}
      {traces > 0 ? <Sample sample={found.sample} /> : null}
      {found.mapping.length > 0 ? <Mapping mapping={found.mapping} /> : null}
    </Page>
  )
}
