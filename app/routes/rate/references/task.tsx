import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, type ShouldRevalidateFunctionArgs, useActionData, useLoaderData } from '@remix-run/react'
import { useState } from 'react'
import { requireScope } from '#app/auth/guard.server.ts'
import { renderMarkdown } from '#app/evaluation/markdown.server.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { anchorsFor } from '#app/evaluation/references/anchors.ts'
import { answerCheck } from '#app/evaluation/references/tasks/check.ts'
import { keepTaskDraft } from '#app/evaluation/references/tasks/draft.ts'
import { handInReference } from '#app/evaluation/references/tasks/hand-in.ts'
import { type ShownTask, showTask } from '#app/evaluation/references/tasks/show.ts'
import { giveBack } from '#app/evaluation/references/tasks/take.ts'
import { amongst, textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Page } from '#app/ui/page.tsx'
import { CaseBeside } from './case.tsx'
import { CheckForm } from './check-form.tsx'
import { WriteForm } from './write-form.tsx'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: loaded?.task ? `${titleOf(loaded.task)} · Assay` : 'Reference · Assay' },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'references.take')
  return answering(async () => {
    try {
      const task = await showTask(store(), scope, params.task ?? '')
      return { task: shown(task), why: null }
    } catch (error) {
      // Somebody may have typed into the page for an hour: it says why, and gives the text back.
      if (error instanceof Problem && error.kind === 'gone') return { task: null, why: error.message }
      throw error
    }
  })
}

const shown = ({ input, documents, rubric, text, refused, others, ...task }: ShownTask) => ({
  ...task,
  input: renderMarkdown(input, { breaks: true }),
  documents: documents.map(({ id, title, text: body }) => ({
    id,
    title,
    html: renderMarkdown(body),
    words: body.match(/\S+/g)?.length ?? 0,
  })),
  rubric: rubric && {
    name: rubric.name,
    version: rubric.version,
    high: anchorsFor('high', rubric),
    borderline: anchorsFor('borderline', rubric),
  },
  text: text === null ? null : renderMarkdown(text),
  refused: refused && { ...refused, html: renderMarkdown(refused.text) },
  others: others.map(({ id, quality, text: body }) => ({ id, quality, html: renderMarkdown(body) })),
  preview: task.kind === 'write' && task.draft !== '' ? renderMarkdown(task.draft) : null,
})

export type TaskOnPage = ReturnType<typeof shown>

const INTENTS = ['draft', 'save', 'hand-in', 'validated', 'refused', 'give-back'] as const

export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'references.take')
  const form = await answering(() => receiveForm(request))
  const id = params.task ?? ''
  const list = `/p/${scope.project.slug}/references`
  const text = textOf(form, 'text')
  try {
    switch (amongst(form, 'intent', INTENTS)[0]) {
      case 'draft': {
        const { savedAt } = await keepTaskDraft(store(), scope, id, text)
        return data({ faults: null, text, savedAt, html: renderMarkdown(text) })
      }
      case 'hand-in':
        await handInReference(store(), scope, id, text)
        throw redirect(list)
      case 'validated':
        await answerCheck(store(), scope, id, { verdict: 'validated', note: text })
        throw redirect(list)
      case 'refused':
        await answerCheck(store(), scope, id, { verdict: 'refused', note: text })
        throw redirect(list)
      case 'give-back':
        await giveBack(store(), scope, id)
        throw redirect(list)
      default:
        await keepTaskDraft(store(), scope, id, text)
        throw redirect(`${list}/${id}`)
    }
  } catch (error) {
    const faults = errorsOf(error)
    return data({ faults, text, savedAt: null, html: null }, { status: faults.status })
  }
}

/** A draft that was kept changes nothing on the page, and reading a case again is not for nothing. */
export const shouldRevalidate = ({ formData, actionResult, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) =>
  formData?.get('intent') === 'draft' && !actionResult?.faults ? false : defaultShouldRevalidate

export default function Task() {
  const { task, why } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const [typed, setTyped] = useState('')
  if (!task) return <NotInHand why={why} typed={typed || (tried?.text ?? '')} />
  const faults = tried?.faults ?? undefined
  return (
    <Page title={titleOf(task)} note={<span className="soft">{`${task.category} · ${task.userSegment}`}</span>}>
      <div className="beside writing" key={task.id}>
        <CaseBeside task={task} />
        {task.kind === 'write' ? (
          <WriteForm task={task} faults={faults} entered={tried?.text ?? null} onType={setTyped} />
        ) : (
          <CheckForm task={task} faults={faults} entered={tried?.text ?? null} onType={setTyped} />
        )}
      </div>
    </Page>
  )
}

function titleOf({ kind, quality }: Pick<TaskOnPage, 'kind' | 'quality'>): string {
  return `${kind === 'write' ? 'Write' : 'Check'} a ${quality} reference`
}

function NotInHand({ why, typed }: { why: string; typed: string }) {
  return (
    <Page title="Not in hand">
      <p className="banner" role="alert">
        {why}
      </p>
      {typed ? (
        <div className="field">
          <label htmlFor="typed">What you wrote</label>
          <textarea id="typed" readOnly rows={14} defaultValue={typed} />
        </div>
      ) : null}
      <p>
        <Link className="button" to="../references">
          Back to the list
        </Link>
      </p>
    </Page>
  )
}
