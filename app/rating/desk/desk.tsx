import { useEffect, useMemo, useState } from 'react'
import type { Hand, ShownRound, ShownRubric } from '#app/evaluation/queue/shown.ts'
import { useHydrated } from '#app/ui/hydrated.ts'
import { scoreOf } from '../entry.ts'
import { namedEvidence } from '../named-evidence.ts'
import { outboxOf, useOutbox } from '../use-outbox.ts'
import { useWork } from '../use-work.ts'
import { Answer } from './answer.tsx'
import { AttachBar } from './attach-bar.tsx'
import { BottomBar } from './bottom-bar.tsx'
import { Dialogs } from './dialogs.tsx'
import { Nothing, type Standing } from './nothing.tsx'
import { Notices } from './notices.tsx'
import { RubricForm } from './rubric-form.tsx'
import { Sources } from './sources.tsx'
import { TopBar } from './top-bar.tsx'
import { FIRST_PART } from './tour.tsx'
import { useCommands } from './use-commands.ts'
import { NOTHING_OPEN, type Opened, useDoing } from './use-doing.ts'
import { useFind } from './use-find.ts'
import { useNewItem } from './use-new-item.ts'
import { usePainted } from './use-painted.ts'
import { useSelection } from './use-selection.ts'

export type DeskProps = {
  project: { slug: string; name: string }
  rater: string
  round: ShownRound
  rubric: ShownRubric
  hand: Hand
  standing: Standing
  startsAt: number | null
  singleKeys: boolean
  /** The person has seen the tour. */
  toured: boolean
  /** Stores what was set in the dialogs. */
  onSet: (setting: { singleKeys?: boolean; tourSeen?: true }) => void
}

/** The rating page. */
export function Desk({
  project,
  rater,
  round,
  rubric,
  hand,
  standing,
  startsAt,
  singleKeys,
  toured,
  onSet,
}: DeskProps) {
  const base = `/p/${project.slug}/rate/${round.id}`
  const { work, state, draft, askOtherTab } = useWork({ base, rater, rubric, hand, isOpen: standing === 'open' })
  const outbox = useOutbox(rater)
  const { session, busy, elsewhere, returned, told } = state
  const [item] = session.items
  const { entry } = work
  const assignment = item?.assignment ?? ''
  const [single, setSingle] = useState(singleKeys)
  const [opened, setOpened] = useState<Opened>(() => ({
    ...NOTHING_OPEN,
    ...(toured || !item ? {} : { dialog: 'tour', part: FIRST_PART }),
  }))
  const find = useFind(assignment)
  const { picked, live, forget } = useSelection()
  const doing = useDoing(work, () => picked() ?? find.passage(), forget, setOpened)
  useCommands(work, rubric, single, usePainted(assignment), doing)
  useNewItem(assignment, entry?.current ?? '')

  const missing = work.missing()
  const waiting = outbox.parcels.filter(({ route, refused }) => route === 'submit' && refused === null).length
  const { progress } = session
  const title = `Case ${progress.done + waiting + 1} of ${progress.done + progress.left}`
  useEffect(() => {
    document.title = `${assignment ? title : round.name} · Assay`
  }, [assignment, title, round.name])

  const evidence = entry?.content.evidence
  const named = useMemo(() => namedEvidence(rubric, evidence ?? []), [evidence, rubric])

  const lastChange = entry?.past.at(-1)
  const lastScored = rubric.dimensions.find(({ id }) => id === lastChange?.dimension)
  const lastScore = entry && lastScored ? scoreOf(entry.content, lastScored.id) : null

  return (
    <div className="rate" data-alive={useHydrated() || undefined} data-part={opened.part || undefined}>
      <TopBar project={project} round={round} progress={progress} ahead={waiting} onKeys={doing.keys} />
      <div className="notices">
        <Notices
          project={project.slug}
          draft={draft}
          outbox={outbox}
          elsewhere={elsewhere}
          returned={returned !== '' && returned === assignment}
          onTakeOver={askOtherTab}
          onLeave={() => work.leave()}
          onReopen={(parcel) => void work.reopen(parcel)}
          onRetry={(id) => outboxOf(rater).retry(id)}
          onDiscard={(id) => outboxOf(rater).discard(id)}
        />
      </div>
      <main className="desk" id="main">
        {item && entry ? (
          <>
            <Answer
              key={`answer ${assignment}`}
              title={title}
              instructions={round.instructions}
              instructed={progress.done === 0}
              item={item}
              evidence={named}
              hint={evidence?.length === 0}
            />
            <Sources
              key={`sources ${assignment}`}
              item={item}
              evidence={named}
              canary={round.canary}
              find={find}
              onReveal={doing.references}
            />
            <RubricForm
              key={assignment}
              rubric={rubric}
              item={item}
              entry={entry}
              missing={opened.tried === assignment ? missing : []}
              allAnchors={opened.allAnchors}
              noting={opened.noting}
              inert={elsewhere}
              acts={doing}
              onSubmit={doing.submit}
              onAnchors={doing.anchors}
            />
          </>
        ) : (
          <Nothing
            project={project.slug}
            round={round}
            standing={standing}
            startsAt={startsAt}
            progress={progress}
            outbox={outbox}
            busy={busy}
            onLook={() => void work.look()}
            onTakeUp={() => void work.look('take-up')}
          />
        )}
      </main>
      <div className="told">
        {told ? (
          <p data-tone={told.tone} role={told.tone === 'bad' ? 'alert' : 'status'}>
            {told.text}
          </p>
        ) : null}
      </div>
      <p className="unseen" aria-live="polite">
        {lastScored && lastScore ? `${lastScored.name}: ${lastScore.level ?? 'cannot judge'}` : ''}
      </p>
      {item || session.last ? (
        <BottomBar
          draft={draft}
          outbox={outbox}
          missing={missing}
          busy={busy}
          rating={item !== undefined}
          canUndo={session.last !== null}
          onUndo={doing.undo}
          onSkip={doing.skip}
          onFlag={doing.flag}
        />
      ) : null}
      {live && entry && !elsewhere ? (
        <AttachBar rubric={rubric} current={entry.current} picked={live} onAttach={doing.attach} />
      ) : null}
      <Dialogs
        dialog={opened.dialog}
        project={project.slug}
        work={work}
        dimension={rubric.dimensions.find(({ id }) => id === entry?.current)}
        single={single}
        onSet={(over) => setOpened((now) => ({ ...now, ...over }))}
        onSingle={(on) => {
          setSingle(on)
          onSet({ singleKeys: on })
        }}
        onTourSeen={() => onSet({ tourSeen: true })}
      />
    </div>
  )
}
