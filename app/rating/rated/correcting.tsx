import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { OwnRatingInFull } from '#app/evaluation/ratings/shown.ts'
import { ask } from '../client.ts'
import { Correction } from '../correction.ts'
import { Answer } from '../desk/answer.tsx'
import { AttachBar } from '../desk/attach-bar.tsx'
import { CommandKey } from '../desk/command-key.tsx'
import { RubricForm } from '../desk/rubric-form.tsx'
import { Sources } from '../desk/sources.tsx'
import { useCommands } from '../desk/use-commands.ts'
import { NOTHING_OPEN, useDoing } from '../desk/use-doing.ts'
import { useFind } from '../desk/use-find.ts'
import { usePainted } from '../desk/use-painted.ts'
import { useSelection } from '../desk/use-selection.ts'
import { leftInWords } from '../missing.ts'
import { namedEvidence } from '../named-evidence.ts'
import { newId } from '../new-id.ts'

type Props = {
  base: string
  own: OwnRatingInFull
  singleKeys: boolean
  onDone: () => void
  onCancel: () => void
}

/** One's own rating in the form it was made with: what is changed becomes a new revision. */
export function Correcting({ base, own, singleKeys, onDone, onCancel }: Props) {
  const [correction] = useState(() => new Correction(own, { ask: (body) => ask(base, 'correct', body), newId }))
  const { entry, busy, told, done } = useSyncExternalStore(
    correction.watch,
    () => correction.state,
    () => correction.state,
  )
  useEffect(() => {
    if (done) onDone()
  }, [done, onDone])
  const { item } = correction
  const { rubric } = own
  const [opened, setOpened] = useState(NOTHING_OPEN)
  const find = useFind(own.assignment)
  const { picked, live, forget } = useSelection()
  const doing = useDoing(correction, () => picked() ?? find.passage(), forget, setOpened)
  useCommands(correction, rubric, singleKeys, usePainted(own.assignment), doing)
  const evidence = useMemo(() => namedEvidence(rubric, entry.content.evidence), [rubric, entry.content.evidence])
  const missing = correction.missing()
  return (
    <>
      <main className="desk" id="main">
        <Answer title="Correct your rating" item={item} evidence={evidence} />
        <Sources item={item} evidence={evidence} canary={own.round.canary} find={find} />
        <RubricForm
          rubric={rubric}
          item={item}
          entry={entry}
          missing={opened.tried ? missing : []}
          allAnchors={opened.allAnchors}
          noting={opened.noting}
          inert={done}
          acts={doing}
          onSubmit={doing.submit}
          onAnchors={doing.anchors}
        />
      </main>
      <div className="told">
        {told ? (
          <p data-tone={told.tone} role={told.tone === 'bad' ? 'alert' : 'status'}>
            {told.text}
          </p>
        ) : null}
      </div>
      <footer className="bottom">
        <p className="saved" role="status">
          {busy ? 'Saving' : 'The former revision is kept'}
        </p>
        <button className="quiet aside" type="button" onClick={onCancel} disabled={busy}>
          Leave it as it was
        </button>
        <p className="soft left">{leftInWords(missing)}</p>
        <button className="primary" type="submit" form="rubric" disabled={busy || entry.changes === 0}>
          Save the correction <CommandKey with="↵" />
        </button>
      </footer>
      {live ? <AttachBar rubric={rubric} current={entry.current} picked={live} onAttach={doing.attach} /> : null}
    </>
  )
}
