import { Form, Link, useBeforeUnload, useBlocker, useNavigation, useSearchParams } from '@remix-run/react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { plural } from '#app/evaluation/figure.ts'
import type { DimensionDifference } from '#app/evaluation/rubrics/differences.ts'
import { type RubricEntry, type Step, stepIn, stepped } from '#app/evaluation/rubrics/entry.ts'
import { MOST_DIMENSIONS } from '#app/evaluation/rubrics/faults.ts'
import { CommandKey } from '#app/rating/desk/command-key.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { FormFaults } from '#app/ui/faults.tsx'
import { Page } from '#app/ui/page.tsx'
import { useShortcut } from '#app/ui/use-shortcut.ts'
import { Differences } from './differences.tsx'
import { DimensionFields } from './fields.tsx'
import { entryIn } from './form.ts'
import { afterStep, backAt, focusAfter } from './step-focus.ts'

export type Draft = {
  id: string
  rubric: { key: string; name: string }
  number: number
  base: { id: string; number: number } | null
  changed: string | null
  fixedKeys: readonly string[]
  gaps: number
  seen: string
  entry: RubricEntry
}

type Done =
  | {
      entry: RubricEntry
      seen: string
      faults: { message: string | null; fields: Readonly<Record<string, string>> } | undefined
      theirs: { seen: string; differences: DimensionDifference[] } | null
      /** There is no such draft any more; from which version a new one can be made. */
      gone: { base: string | null } | null
    }
  | undefined

/**
 * The editor of a draft: one form. With a script rows are added, removed and moved in the browser; without, its buttons send
 * the form and get it back changed. Nothing is stored before "Save".
 */
export function Editor({ draft, done }: { draft: Draft; done: Done }) {
  const [entry, setEntry] = useState(done?.entry ?? draft.entry)
  const [said, setSaid] = useState('')
  /** The entry before a row with its words was taken out. */
  const [past, setPast] = useState<RubricEntry | null>(null)
  const [dirty, setDirty] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const focus = useRef<string | null>(null)
  const busy = useNavigation().state === 'submitting'
  const [query] = useSearchParams()
  const refused = done?.faults !== undefined
  const fields = done?.faults?.fields ?? {}

  useEffect(() => {
    // A save that was taken loads the draft anew.
    if (draft && !refused) setDirty(false)
  }, [draft, refused])
  useEffect(() => {
    const id = focus.current
    focus.current = null
    if (entry && id) focusAfter(id)
  }, [entry])
  useBeforeUnload((event) => {
    if (dirty && !busy) event.preventDefault()
  })
  const blocked = useBlocker(
    ({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname,
  )
  useShortcut((event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return false
    form.current?.requestSubmit(form.current.querySelector<HTMLButtonElement>('[data-save]'))
    return true
  })

  const take = (step: Step) => {
    if (!form.current) return
    const typed = entryIn(new FormData(form.current))
    const next = stepped(typed, step)
    if (next === typed) return
    const { id, words } = afterStep(typed, next, step)
    focus.current = id
    setSaid(words)
    setDirty(true)
    setEntry(next)
    setPast(step.name.startsWith('remove') ? typed : null)
  }
  const putBack = () => {
    if (!past) return
    focus.current = backAt(past, entry)
    setEntry(past)
    setPast(null)
    setSaid('It is back.')
  }
  const submitting = (event: FormEvent<HTMLFormElement>) => {
    const { submitter } = event.nativeEvent as SubmitEvent
    const step = submitter instanceof HTMLButtonElement ? stepIn(submitter.value) : null
    setSaid('')
    setPast(null)
    if (!step) return
    event.preventDefault()
    take(step)
  }

  return (
    <Page
      title={`${draft.rubric.name}, version ${draft.number}`}
      note={
        <span className="state" data-tone="none">
          Draft
        </span>
      }
    >
      <Form
        method="post"
        className="draft"
        ref={form}
        noValidate
        onSubmit={submitting}
        onInput={() => setDirty(true)}
        aria-label={`Draft of version ${draft.number}`}
      >
        <input type="hidden" name="seen" value={done?.seen ?? draft.seen} />
        <input type="hidden" name="base" value={draft.base?.id ?? ''} />
        <div className="save">
          <button type="submit" name="do" value="save" className="primary" disabled={busy} data-save>
            Save <CommandKey with="S" />
          </button>
          <button type="submit" name="do" value="preview" disabled={busy}>
            <span className="wide">Save and preview</span>
            <span className="narrow">Preview</span>
          </button>
          <button type="submit" name="do" value="publish" disabled={busy}>
            <span className="wide">Save and publish…</span>
            <span className="narrow">Publish…</span>
          </button>
          <span className="soft" role="status">
            {said || stateInWords(dirty, query.has('saved') && !done, draft.gaps)}
          </span>
          {past ? (
            <button type="button" className="quiet" onClick={putBack}>
              Put it back
            </button>
          ) : null}
        </div>
        <FormFaults faults={done?.faults} />
        {done?.theirs ? <Theirs theirs={done.theirs} /> : null}
        {done?.gone?.base ? (
          <p>
            <button type="submit" name="do" value={`anew:${done.gone.base}`} className="primary" disabled={busy}>
              Make a new draft of it
            </button>
          </p>
        ) : null}
        <p className="soft">
          {draft.changed === null || !draft.base ? (
            'The first version of this rubric.'
          ) : (
            <>
              Since <Link to={`../rubrics/${draft.base.id}`}>version {draft.base.number}</Link>, as saved:{' '}
              {draft.changed} <Link to={`../rubrics/compare?from=${draft.base.id}&to=${draft.id}`}>Side by side</Link>
            </>
          )}{' '}
          <Link to={`../rubrics/${draft.id}`}>The draft’s page</Link>
        </p>
        {entry.dimensions.map((dimension, index) => (
          <DimensionFields
            key={dimension.row}
            dimension={dimension}
            index={index}
            count={entry.dimensions.length}
            fixedKey={draft.fixedKeys.includes(dimension.key)}
            fields={fields}
          />
        ))}
        {fields.dimensions ? <p className="fault">{fields.dimensions}</p> : null}
        <p>
          <button
            type="submit"
            name="do"
            value="add-dimension"
            formAction={`#dimension-${entry.dimensions.length}`}
            disabled={entry.dimensions.length >= MOST_DIMENSIONS}
          >
            Add a dimension
          </button>
        </p>
      </Form>
      {blocked.state === 'blocked' ? (
        <Dialog title="Leave without saving?" onClose={() => blocked.reset?.()}>
          <p>What you changed since the last save is lost then.</p>
          <div className="row">
            <button type="button" className="primary" data-first onClick={() => blocked.reset?.()}>
              Stay
            </button>
            <button type="button" className="danger" onClick={() => blocked.proceed?.()}>
              Leave
            </button>
          </div>
        </Dialog>
      ) : null}
    </Page>
  )
}

function stateInWords(dirty: boolean, saved: boolean, gaps: number): string {
  if (dirty) return 'Not saved yet.'
  const open =
    gaps === 0 ? '' : ` ${plural(gaps, 'text is', 'texts are')} still to be written before it can be published.`
  return `${saved ? 'Saved.' : ''}${open}`.trim()
}

/** What somebody else made of the draft in the meantime, and the choice. */
function Theirs({ theirs }: { theirs: NonNullable<NonNullable<Done>['theirs']> }) {
  return (
    <section className="panel stack" aria-labelledby="theirs">
      <h2 id="theirs">What differs</h2>
      <Differences differences={theirs.differences} before="As it is stored now" after="As you entered it" />
      <p className="row">
        <button type="submit" name="do" value={`save:${theirs.seen}`} className="danger">
          Save mine over it
        </button>
        <Link className="button" to="." reloadDocument>
          Drop mine and load what is stored
        </Link>
      </p>
    </section>
  )
}
