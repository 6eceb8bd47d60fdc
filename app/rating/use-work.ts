import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Hand, ShownRubric } from '#app/evaluation/queue/shown.ts'
import type { Content } from '#app/evaluation/ratings/content.ts'
import { ask } from './client.ts'
import { DraftKeeper, type DraftState } from './drafts.ts'
import { browserKeep } from './keep.ts'
import { newId } from './new-id.ts'
import { Stopwatch } from './stopwatch.ts'
import { useLease } from './use-lease.ts'
import { useOneTab } from './use-one-tab.ts'
import { later, outboxOf, setKnown } from './use-outbox.ts'
import { Work } from './work.ts'
import type { WorkState } from './work-state.ts'

type Given = { base: string; rater: string; rubric: ShownRubric; hand: Hand; isOpen: boolean }

function assemble({ base, rater, rubric, hand, isOpen }: Given) {
  const time = new Stopwatch()
  const save = async (assignment: string, content: Content, leaving: boolean) => {
    const outcome = await ask(base, 'draft', { assignment, content }, { leaving })
    if (outcome.ok && outcome.value.leaseExpiresAt === null && !leaving) void work.recover(assignment)
    return outcome
  }
  const keeper = new DraftKeeper({ keep: browserKeep, rater, save, later, now: Date.now })
  const work = new Work(
    {
      base,
      rubric,
      isOpen,
      ask: (route, body) => ask(base, route, body),
      outbox: () => outboxOf(rater),
      keeper,
      time,
      setKnown: (known) => setKnown(rater, base, known),
      later,
      newId,
    },
    hand,
  )
  return { work, keeper, time, flush: () => keeper.flush() }
}

/** The work of this page, alive: it saves, sends and listens until the page is left. */
export function useWork(given: Given): { work: Work; state: WorkState; draft: DraftState; askOtherTab: () => void } {
  const [{ work, keeper, time, flush }] = useState(() => assemble(given))
  const state = useSyncExternalStore(
    work.watch,
    () => work.state,
    () => work.state,
  )
  const draft = useSyncExternalStore(
    keeper.watch,
    () => keeper.state,
    () => keeper.state,
  )
  useEffect(() => {
    const stops = [work.start(), time.listen()]
    const leave = () => void keeper.flush(true)
    const see = () => void keeper.flush(document.visibilityState === 'hidden')
    const back = () => void keeper.flush()
    addEventListener('pagehide', leave)
    addEventListener('online', back)
    addEventListener('focus', back)
    document.addEventListener('visibilitychange', see)
    return () => {
      for (const stop of stops) stop()
      removeEventListener('pagehide', leave)
      removeEventListener('online', back)
      removeEventListener('focus', back)
      document.removeEventListener('visibilitychange', see)
    }
  }, [work, keeper, time])
  const assignment = state.session.items[0]?.assignment ?? ''
  useLease(given.base, assignment, (gone) => void work.recover(gone))
  const askOtherTab = useOneTab(work, assignment, flush)
  return { work, state, draft, askOtherTab }
}
