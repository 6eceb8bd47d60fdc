/** Which cases change their pool at a rotation, and how much new traffic comes in: counts and dates in, a plan out. */
import { allotGraduates } from './allot.ts'
import type {
  ActiveCase,
  HeldCase,
  PlannedSegment,
  Retiring,
  RotationPlan,
  RotationState,
  RotationTerms,
  Segment,
} from './planned.ts'

export const DAY = 86_400_000

type Gathered = Segment & { holdout: HeldCase[]; active: ActiveCase[]; waiting: number }

/**
 * Plans a rotation. The same state, terms and moment give the same plan, whatever order the state comes in.
 *
 * 1. Burnt cases retire from wherever they are; so do active ones that entered `activeRotations` × `rotationDays` ago or earlier.
 * 2. `graduatingShare` of the other holdout cases graduate, shared among the segments by largest remainder (see `allotGraduates`);
 *    within a segment those sealed on the earliest day (UTC) go first, of one day the most exposed, then by id.
 * 3. Each segment's holdout is filled from its waiting traffic up to its target: what it held before, or `holdoutShare` of its
 *    active and holdout cases, rounded, whichever is more. A holdout that nothing would fill keeps its last case.
 */
export function planRotation(state: RotationState, terms: RotationTerms, now: number): RotationPlan {
  const segments = gather(state)
  const sound = segments.map(({ holdout }) => holdout.filter(({ burnt }) => !burnt).sort(leavingOrder))
  const counts = allotGraduates(
    segments.map(({ waiting }, i) => ({ held: sound[i]?.length ?? 0, filled: waiting > 0 })),
    terms.graduatingShare,
  )
  const graduating = sound.flatMap((held, i) => held.slice(0, counts[i] ?? 0))
  const activeUntil = now - terms.activeRotations * terms.rotationDays * DAY
  const retires = ({ burnt, enteredAt }: ActiveCase) => burnt || enteredAt <= activeUntil
  return {
    graduating: graduating.sort(leavingOrder).map(({ id, key }) => ({ id, key })),
    retiring: segments.flatMap(({ holdout, active }) => [
      ...holdout.filter(({ burnt }) => burnt).map(({ id, key }): Retiring => ({ id, key, why: 'burnt' })),
      ...active.filter(retires).map(({ id, key, burnt }): Retiring => ({ id, key, why: burnt ? 'burnt' : 'old' })),
    ]),
    segments: segments.map((segment, i) =>
      planned(segment, { graduating: counts[i] ?? 0, retiring: segment.active.filter(retires).length }, terms),
    ),
    early: graduating.filter(({ sealedUntil }) => sealedUntil > now).length,
  }
}

const dayOf = (at: number): number => Math.floor(at / DAY)

const leavingOrder = (a: HeldCase, b: HeldCase): number =>
  dayOf(a.sealedAt) - dayOf(b.sealedAt) || b.exposures - a.exposures || compare(a.id, b.id)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The state by segment, in the order of names, the cases of each by id. */
function gather({ holdout, active, waiting }: RotationState): Gathered[] {
  const found = new Map<string, Gathered>()
  const of = ({ category, userSegment }: Segment): Gathered => {
    const name = JSON.stringify([category, userSegment])
    const known = found.get(name)
    if (known) return known
    const made = { category, userSegment, holdout: [], active: [], waiting: 0 }
    found.set(name, made)
    return made
  }
  for (const one of holdout) of(one).holdout.push(one)
  for (const one of active) of(one).active.push(one)
  for (const one of waiting) of(one).waiting += one.traces
  const byId = (a: { id: string }, b: { id: string }) => compare(a.id, b.id)
  for (const segment of found.values()) {
    segment.holdout.sort(byId)
    segment.active.sort(byId)
  }
  return [...found.values()].sort((a, b) => compare(a.category, b.category) || compare(a.userSegment, b.userSegment))
}

function planned(
  { category, userSegment, holdout, active, waiting }: Gathered,
  { graduating, retiring }: { graduating: number; retiring: number },
  { holdoutShare }: RotationTerms,
): PlannedSegment {
  const burnt = holdout.filter((one) => one.burnt).length
  const target = Math.max(holdout.length, Math.round(holdoutShare * (holdout.length + active.length)))
  const left = holdout.length - burnt - graduating
  const entering = Math.min(waiting, target - left)
  return {
    category,
    userSegment,
    before: { active: active.length, holdout: holdout.length },
    graduating,
    retiring,
    burnt,
    target,
    entering,
    short: target - left - entering,
    after: { active: active.length + graduating - retiring, holdout: left + entering },
  }
}
