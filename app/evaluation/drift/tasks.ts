import { count, eq, inArray, sql } from 'drizzle-orm'
import { driftPower, plannedErrors, ratingsForPower } from '#app/stats/drift/monitor/power.ts'
import { ratings } from '#db/schema/ratings.ts'
import { anchors, rounds } from '#db/schema/rounds.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'
import type { Task } from '../computing/task.ts'
import type { SettledDrift } from './filter.ts'
import { findDrift } from './find-drift.ts'
import type { AnchorKnown, DriftFindings } from './findings.ts'

export const DRIFT: Task<SettledDrift, DriftFindings> = {
  run: findDrift,
  state: (read, { rubricId }) => stateOfDrift(read, rubricId),
  // with few ratings too the limits of the charts take a while to simulate
  elsewhereFrom: 1,
  takes: 'seconds',
}

/** Changes whenever a rating under a version of the rubric, or what is an anchor, does; all counts only ever grow. */
async function stateOfDrift(read: Database, rubricId: string) {
  const versions = read
    .select({ id: rubricVersions.id })
    .from(rubricVersions)
    .where(eq(rubricVersions.rubricId, rubricId))
  const [rated] = await read
    .select({ ratings: count().mapWith(Number), superseded: count(ratings.supersededAt).mapWith(Number) })
    .from(ratings)
    .where(
      inArray(
        ratings.roundId,
        read.select({ id: rounds.id }).from(rounds).where(inArray(rounds.rubricVersionId, versions)),
      ),
    )
  const [chosen] = await read
    .select({ anchors: count().mapWith(Number), newest: sql<number | null>`max(${anchors.addedAt})` })
    .from(anchors)
    .where(
      inArray(anchors.projectId, read.select({ id: rubrics.projectId }).from(rubrics).where(eq(rubrics.id, rubricId))),
    )
  return {
    ratings: rated?.ratings ?? 0,
    superseded: rated?.superseded ?? 0,
    anchors: chosen?.anchors ?? 0,
    newest: Number(chosen?.newest ?? 0),
  }
}

/** A drift to be found in time, and what is known of the panel. */
export type AskedPlan = {
  known: AnchorKnown
  /** Points, chance and periods. */
  shift: number
  power: number
  within: number
  /** In 100 periods over so many dimensions. */
  falseAlarms: number
  dimensions: number
  /** Anchor ratings a period as they are now; null: none. */
  current: number | null
}

/** Anchor ratings a period that find the drift; null: no number does. And the chance that the present number has. */
export type FoundPlan = { ratings: number | null; powerNow: number | null }

/** Simulates panels; reads nothing. */
export const ANCHOR_PLAN: Task<AskedPlan, FoundPlan> = {
  run: async (_read, { known, shift, power, within, falseAlarms, dimensions, current }) => {
    const options = { within, rate: falseAlarms / 100, charts: dimensions, seed: 1 }
    return {
      ratings: ratingsForPower(shift, power, known, options),
      powerNow:
        current === null
          ? null
          : driftPower(shift, plannedErrors({ ...known, ratings: current, anchors: current }), options),
    }
  },
  state: async () => ({ ratings: 1 }),
  elsewhereFrom: 1,
  takes: 'seconds',
}
