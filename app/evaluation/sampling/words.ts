/** What a plan says, in sentences: on its page and on the command line. */
import type { SamplingPlan } from './planned.ts'

const n = (count: number): string => count.toLocaleString('en')
const cases = (count: number): string => `${n(count)} ${count === 1 ? 'case' : 'cases'}`
const traces = (count: number): string => `${n(count)} ${count === 1 ? 'trace' : 'traces'}`
const percent = (share: number): string => `${Math.round(1_000 * share) / 10} %`

/** The plan in one sentence. */
export function planFinding({ asked, drawn, waiting, active, holdout }: SamplingPlan): string {
  if (drawn === 0) return 'No trace with a category and a user segment waits: there is nothing to sample.'
  const fewer = drawn < asked.size ? `, all there are instead of ${n(asked.size)}` : ''
  return `${cases(drawn)} of ${n(waiting)} waiting traces${fewer}: ${n(active)} active, ${n(holdout)} sealed in the holdout.`
}

/** What else has to be known before it is done. */
export function planRemarks(plan: SamplingPlan): string[] {
  if (plan.drawn === 0) return unassigned(plan)
  return [...floor(plan), ...short(plan), ...unassigned(plan), ...uncovered(plan)]
}

function floor({ asked, drawn, floor: { share, equal }, categories }: SamplingPlan): string[] {
  const [first] = categories
  if (!first || share === 0) return []
  if (!equal && first.floor < share * drawn - 1e-9) {
    return [
      `${cases(drawn)} are too few for ${percent(share)} of each category: each gets at least ${n(first.floor)}; what is above that goes by traffic.`,
    ]
  }
  return [
    equal
      ? `The floor is an equal share, ${percent(share)}: ${categories.length} categories cannot have ${percent(asked.floorShare)} each.`
      : `Every category gets at least ${percent(share)}, ${cases(first.floor)}; what is above the floor goes by traffic.`,
  ]
}

function short({ asked, drawn, categories }: SamplingPlan): string[] {
  const under = categories.filter((one) => one.short > 0)
  if (under.length === 0) return []
  const list = under.map((one) => `${one.category} (${n(one.short)})`).join(', ')
  const goes = drawn < asked.size ? '' : ' The others get those, by their traffic.'
  return [`Too few traces, and how many cases they lack: ${list}.${goes}`]
}

function unassigned({ unassigned: count }: SamplingPlan): string[] {
  if (count === 0) return []
  return [
    `${traces(count)} ${count === 1 ? 'lacks' : 'lack'} a category or a user segment and cannot be drawn until then; nothing else waits for that.`,
  ]
}

function uncovered({ segments, traffic }: SamplingPlan): string[] {
  const without = segments.filter(({ drawn }) => drawn === 0)
  if (without.length === 0) return []
  const share = without.reduce((sum, one) => sum + one.traffic, 0) / traffic
  return [
    `${n(without.length)} ${without.length === 1 ? 'segment' : 'segments'} with ${percent(share)} of the traffic ${without.length === 1 ? 'is' : 'are'} too small for a case.`,
  ]
}
