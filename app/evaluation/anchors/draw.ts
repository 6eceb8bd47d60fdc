import { and, eq } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import { systemVersions } from '#db/schema/cases.ts'
import { anchors } from '#db/schema/rounds.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database, Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { Problem } from '../problem.ts'
import { demandNoFaults } from '../rounds/values.ts'
import type { AnchorPool } from './candidates.ts'
import { type AnchorDraw, type Choosing, chooseAnchors } from './chosen.ts'
import { DRAWN_MOST } from './share.ts'

const LEAST_MOST = 50
const AT_ONCE = 500

/** What a draw would be made from. `candidates`: responses in the pool; `drawnFrom`: those of them that have a chance. */
export type DrawPreview = { candidates: number; drawnFrom: number; taken: number }

/** What is wrong with a draw, by field. */
async function faultsOf(db: Database, scope: Scope, draw: AnchorDraw): Promise<Record<string, string>> {
  const faults: Record<string, string> = {}
  if (!(Number.isInteger(draw.number) && draw.number >= 1 && draw.number <= DRAWN_MOST)) {
    faults.number = `Set how many to draw to a whole number from 1 to ${DRAWN_MOST}.`
  }
  if (!(Number.isInteger(draw.least) && draw.least >= 1 && draw.least <= LEAST_MOST)) {
    faults.least = `Set the least number of ratings to a whole number from 1 to ${LEAST_MOST}.`
  }
  if (draw.from !== null && draw.to !== null && draw.to <= draw.from) {
    faults.to = 'The window would end before it begins. Choose a later end.'
  }
  const [version] = await db
    .select({ id: rubricVersions.id })
    .from(rubricVersions)
    .innerJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
    .where(and(eq(rubricVersions.id, draw.rubricVersionId), eq(rubrics.projectId, scope.project.id)))
  if (!version) faults.rubricVersionId = 'Choose a rubric version of this project.'
  if (draw.systemVersionId !== null) {
    const [system] = await db
      .select({ id: systemVersions.id })
      .from(systemVersions)
      .where(and(eq(systemVersions.id, draw.systemVersionId), eq(systemVersions.projectId, scope.project.id)))
    if (!system) faults.systemVersionId = 'Choose a system version of this project.'
  }
  return faults
}

/** Counts what a draw would be made from. Throws `invalid` by field. */
export async function previewDraw(
  db: Database,
  scope: Scope,
  draw: AnchorDraw,
  choosing: Choosing = chooseAnchors,
): Promise<DrawPreview> {
  demand(scope, 'anchors.write')
  demandNoFaults(await faultsOf(db, scope, draw))
  const { candidates, drawnFrom, chosen } = await choosing(db, { projectId: scope.project.id, draw })
  return { candidates, drawnFrom, taken: chosen.length }
}

/**
 * Draws anchors from the responses rated already: a simple random sample, never stratified by their scores, which would
 * make regression to the mean look like drift (Donoghue, McClellan and Hess 2022); or, `screened`, a simple random sample
 * of the half nearest mid-scale, where a change of severity shows most. Each is stored with its chance of being drawn from
 * those that had one. Throws `invalid` by field.
 */
export async function drawAnchors(
  store: Store,
  scope: Scope,
  draw: AnchorDraw,
  choosing: Choosing = chooseAnchors,
): Promise<{ drawn: number }> {
  demand(scope, 'anchors.write')
  demandNoFaults(await faultsOf(store.read, scope, draw))
  const { candidates, drawnFrom, chosen } = await choosing(store.read, { projectId: scope.project.id, draw })
  if (chosen.length === 0) {
    throw new Problem('invalid', 'No rated response is in this pool that is not an anchor already. Widen the pool.', {
      fields: { pool: 'No response to draw from. Widen the pool.' },
    })
  }
  const rows = chosen.map((responseId) => ({
    id: newId(),
    projectId: scope.project.id,
    responseId,
    drawn: draw.how,
    selectionProbability: chosen.length / drawnFrom,
    addedBy: accountOf(scope),
    addedAt: now(),
  }))
  return store.write(async (tx) => {
    let drawn = 0
    for (let start = 0; start < rows.length; start += AT_ONCE) {
      // One that somebody else has made an anchor since stays as they made it.
      const added = await tx
        .insert(anchors)
        .values(rows.slice(start, start + AT_ONCE))
        .onConflictDoNothing()
        .returning({ id: anchors.id })
      drawn += added.length
    }
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: 'anchors.drawn',
      subject: 'project',
      subjectId: scope.project.id,
      detail: { drawn, of: drawnFrom, candidates, how: draw.how, pool: poolIn(draw) },
    })
    return { drawn }
  })
}

const poolIn = ({ rubricVersionId, systemVersionId, from, to, least }: AnchorPool): AnchorPool => ({
  rubricVersionId,
  systemVersionId,
  from,
  to,
  least,
})
