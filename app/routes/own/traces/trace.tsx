import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { renderMarkdown } from '#app/evaluation/markdown.server.ts'
import { assignTraces, listsOf, takeBack } from '#app/evaluation/traces/assign.ts'
import { unmerge } from '#app/evaluation/traces/duplicates/merge.ts'
import { setExcluded } from '#app/evaluation/traces/exclude.ts'
import { readTrace } from '#app/evaluation/traces/read.ts'
import { amongst } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Page, Section } from '#app/ui/page.tsx'
import { SafeHtml } from '#app/ui/safe-html.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { Documents } from '../case/documents.tsx'
import { AssignmentFields, NOTHING } from './assignment-fields.tsx'
import { Done, traces as inWords } from './done.tsx'
import { assignmentIn, beforeIn } from './entered.server.ts'
import { Facts } from './facts.tsx'
import { TraceState } from './trace-state.tsx'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: loaded ? `${loaded.trace.key} · Traces · Assay` : 'Trace · Assay' },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'cases.read')
  return answering(async () => {
    const { input, response, documents, ...trace } = await readTrace(store(), scope, params.trace ?? '')
    return {
      trace,
      answered: response !== '',
      input: renderMarkdown(input, { breaks: true }),
      response: renderMarkdown(response),
      documents: documents.map(({ id, title, text }) => ({
        id,
        title,
        html: renderMarkdown(text),
        words: text.match(/\S+/g)?.length ?? 0,
      })),
      lists: await listsOf(store().read, scope),
      mayWrite: can(scope.roles, 'cases.write'),
    }
  })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'cases.write')
  const id = params.trace ?? ''
  try {
    const form = await receiveForm(request)
    switch (amongst(form, 'intent', ['assign', 'take-back', 'exclude', 'include', 'unmerge'] as const)[0]) {
      case 'assign': {
        const before = await assignTraces(store(), scope, [id], assignmentIn(form))
        return data({ done: before.length > 0 ? 'Assigned.' : 'It is a case already.', before, faults: null })
      }
      case 'take-back':
        await takeBack(store(), scope, beforeIn(form))
        return data({ done: 'Put back as it was.', before: null, faults: null })
      case 'exclude':
        await setExcluded(store(), scope, [id], true)
        return data({ done: 'Left out of sampling.', before: null, faults: null })
      case 'include':
        await setExcluded(store(), scope, [id], false)
        return data({ done: 'Back in sampling.', before: null, faults: null })
      case 'unmerge': {
        const count = await unmerge(store(), scope, id)
        return data({ done: `Took ${inWords(count)} apart again.`, before: null, faults: null })
      }
      default:
        return data({ done: null, before: null, faults: null })
    }
  } catch (error) {
    const faults = errorsOf(error)
    return data({ done: null, before: null, faults }, { status: faults.status })
  }
}

export default function Trace() {
  const { trace, answered, input, response, documents, lists, mayWrite } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  return (
    <Page
      title={trace.key}
      note={<TraceState state={trace.state} duplicate={trace.duplicateOf !== null} answered={answered} />}
      actions={
        mayWrite && trace.state !== 'sampled' && !trace.duplicateOf ? (
          <Sampling excluded={trace.state === 'excluded'} />
        ) : null
      }
    >
      <Done result={result} />
      {trace.duplicateOf ? (
        <p className="banner">
          <span>
            Merged into <Link to={`../traces/${trace.duplicateOf.id}`}>{trace.duplicateOf.key}</Link>, which stands for
            it.
          </span>
        </p>
      ) : null}
      {trace.duplicates > 0 ? (
        <div className="banner">
          <span>
            {inWords(trace.duplicates)} {trace.duplicates === 1 ? 'was' : 'were'} merged into this one.
          </span>
          {mayWrite ? (
            <Form method="post">
              <Submit name="intent" value="unmerge">
                Take apart
              </Submit>
            </Form>
          ) : null}
        </div>
      ) : null}
      <Facts trace={trace} />
      {mayWrite && trace.state !== 'sampled' ? (
        <Form method="post" className="bulk" key={`${trace.category} ${trace.userSegment}`}>
          <AssignmentFields
            lists={lists}
            category={trace.category ?? NOTHING}
            userSegment={trace.userSegment ?? NOTHING}
          />
          <Submit name="intent" value="assign">
            Assign
          </Submit>
        </Form>
      ) : null}
      {trace.sealed ? (
        <p className="banner">
          A sealed case was made of it: what is written in it is encrypted with that case, and comes back when the case
          graduates.
        </p>
      ) : (
        <>
          <Section id="input" title="Input" aside={<Link to="../traces">All traces</Link>}>
            <SafeHtml className="reading" html={input} />
          </Section>
          <Section id="response" title="Response">
            {answered ? (
              <SafeHtml className="reading" html={response} />
            ) : (
              <p className="soft">The product gave no answer, or none was kept.</p>
            )}
          </Section>
        </>
      )}
      {documents.length > 0 ? <Documents documents={documents} /> : null}
    </Page>
  )
}

function Sampling({ excluded }: { excluded: boolean }) {
  return (
    <Form method="post">
      <Submit name="intent" value={excluded ? 'include' : 'exclude'}>
        {excluded ? 'Take back into sampling' : 'Leave out of sampling'}
      </Submit>
    </Form>
  )
}
