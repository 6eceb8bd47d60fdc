import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { type ShouldRevalidateFunctionArgs, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { changesBetween } from '#app/evaluation/rubrics/changes.ts'
import { kindsInWords } from '#app/evaluation/rubrics/changes-words.ts'
import { differencesBetween } from '#app/evaluation/rubrics/differences.ts'
import { saveDraft, startDraft } from '#app/evaluation/rubrics/draft.ts'
import { contentOf, entryOf, type RubricEntry, stepIn, stepped } from '#app/evaluation/rubrics/entry.ts'
import { faultsOfContent } from '#app/evaluation/rubrics/faults.ts'
import { readVersion } from '#app/evaluation/rubrics/read.ts'
import { textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Editor } from './editor.tsx'
import { entryIn } from './form.ts'
import { seenHash, siblingsOf } from './siblings.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: loaded ? `Edit ${loaded.rubric.name}, version ${loaded.number} · Assay` : 'Edit a rubric · Assay' },
]

/** A draft has been published since: what there is to see of it now is the version. */
const asPublished = (scope: Scope, versionId: string): Response =>
  redirect(`/p/${scope.project.slug}/rubrics/${versionId}`)

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'rubrics.write')
  return answering(async () => {
    const version = await readVersion(store(), scope, params.version ?? '')
    if (version.state !== 'draft') throw asPublished(scope, version.id)
    const { base } = await siblingsOf(scope, version)
    const former = base ? await readVersion(store(), scope, base.id) : null
    return {
      id: version.id,
      rubric: version.rubric,
      number: version.number,
      base: former ? { id: former.id, number: former.number } : null,
      changed: former ? kindsInWords(changesBetween(former, version)) : null,
      fixedKeys: former ? former.dimensions.map(({ key }) => key) : [],
      gaps: faultsOfContent(version).filter(({ gap }) => gap).length,
      seen: seenHash(version),
      entry: entryOf(version),
    }
  })
}

/** What was entered into a draft that is gone is still on the page, which cannot be loaded anew. */
export const shouldRevalidate = ({ actionResult, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean =>
  actionResult?.gone ? false : defaultShouldRevalidate

/** Up to 20 dimensions of 10 levels with examples. */
const LARGEST_FORM = 4 * 1_048_576

export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'rubrics.write')
  const form = await answering(() => receiveForm(request, LARGEST_FORM))
  const versionId = params.version ?? ''
  const asked = textOf(form, 'do')
  const entry = entryIn(form)
  const seen = textOf(form, 'seen')
  // Without a script in the browser a row is added, removed or moved here; nothing is stored by it.
  const step = stepIn(asked)
  if (step) return data({ entry: stepped(entry, step), seen, faults: undefined, theirs: null, gone: null })
  const [does, over] = asked.split(':')
  try {
    if (does === 'anew') throw await draftedAnew(scope, over ?? '', entry)
    const change = { content: contentOf(entry), seen: over ?? seen }
    await store().write((tx) => saveDraft(tx, scope, versionId, change))
    const page = does === 'preview' || does === 'publish' ? does : 'edit?saved'
    throw redirect(`/p/${scope.project.slug}/rubrics/${versionId}/${page}`)
  } catch (error) {
    const gone = goneBy(error, versionId, textOf(form, 'base'))
    if (gone)
      return data({ entry, seen, faults: { message: gone.message, fields: {} }, theirs: null, gone }, { status: 409 })
    const faults = errorsOf(error)
    const stale = error instanceof Problem && error.code === 'stale'
    const theirs = stale ? await theirsBeside(scope, versionId, entry) : null
    return data({ entry, seen, faults, theirs, gone: null }, { status: faults.status })
  }
}

/**
 * That there is no such draft any more, which version a new one with what was entered can be made from, and what to say; null for
 * another error.
 */
function goneBy(error: unknown, versionId: string, base: string): { base: string | null; message: string } | null {
  if (!(error instanceof Problem)) return null
  if (error.code === 'published')
    return {
      base: versionId,
      message:
        'This draft was published while you edited it, so nothing was stored. What you entered is still below: make it the next draft, or copy what you need of it.',
    }
  if (error.kind !== 'missing') return null
  return {
    base: base || null,
    message: `Somebody discarded this draft while you edited it, so nothing was stored. What you entered is still below: ${base ? 'draft it anew, or copy' : 'copy'} what you need of it.`,
  }
}

/** The way to a new draft that says what was entered into one that is gone. */
async function draftedAnew(scope: Scope, baseId: string, entry: RubricEntry): Promise<Response> {
  const made = await store().write((tx) => startDraft(tx, scope, baseId, { content: contentOf(entry) }))
  return redirect(`/p/${scope.project.slug}/rubrics/${made.versionId}/edit?saved`)
}

/** What the draft says by now, beside what was entered. */
async function theirsBeside(scope: Scope, versionId: string, entry: RubricEntry) {
  const version = await answering(() => readVersion(store(), scope, versionId))
  return { seen: seenHash(version), differences: differencesBetween(version, contentOf(entry)) }
}

export default function Edit() {
  const loaded = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  return <Editor key={loaded.id} draft={loaded} done={done} />
}
