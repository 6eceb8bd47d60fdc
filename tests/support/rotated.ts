/** A rotation and a scan as rows, for pages that show them. */
import { newId, now } from '#app/ambient.ts'
import { moveCases } from '#app/evaluation/pools/move.ts'
import type { KeptPlan } from '#app/evaluation/rotation/rotate.ts'
import { rotations } from '#db/schema/pools.ts'
import { scans } from '#db/schema/scans.ts'
import { jobs } from '#db/schema/work.ts'
import type { Project } from '#db/seed/rows.ts'
import type { Database } from '#db/store.server.ts'

/** A rotation that retired one case. */
export async function addRotation(tx: Database, project: Pick<Project, 'id'>, caseId: string): Promise<string> {
  const [id, doneAt] = [newId(), now() + 1]
  const terms = { rotationDays: 90, graduatingShare: 0.34, activeRotations: 4, holdoutShare: 0.3 }
  const plan: KeptPlan = { terms, segments: [], early: 0, seed: 1 }
  await tx.insert(rotations).values({ id, projectId: project.id, plan, doneAt })
  await moveCases(tx, project.id, [caseId], { to: 'retired', at: doneAt, rotationId: id })
  return id
}

/** A scan that found one case. */
export async function addScan(tx: Database, project: Pick<Project, 'id'>, found: { caseId: string; key: string }) {
  const id = newId()
  const file = { name: 'prompt.txt', bytes: 10 }
  const leak = { ...found, part: 'input' as const, sealed: false, share: 1, near: 1, lines: { first: 1, last: 1 } }
  const findings = { cases: 3, tooShort: 0, files: [{ ...file, leaks: [leak], canaries: [], fault: null }] }
  const made = { id, projectId: project.id, createdAt: now() }
  await tx.insert(jobs).values({ ...made, kind: 'scan', state: 'done', payload: { files: [file] } })
  await tx
    .insert(scans)
    .values({ id, projectId: project.id, fileNames: [file.name], bytes: 10, findings, scannedAt: now() })
  return id
}
