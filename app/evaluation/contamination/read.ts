import { now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { computed, computedWithin } from '#app/evaluation/computing/computed.server.ts'
import type { Within } from '#app/evaluation/computing/within.ts'
import type { Store } from '#db/store.server.ts'
import { type CaseRisk, caseRisks } from './amounts.ts'
import { partOf, RISK_PARTS, type RiskPart } from './risk.ts'
import { type Contamination, today } from './tasks.ts'

const PATIENCE_MS = 2_000

/** The contamination of the project's pools, if it is there within two seconds. */
export async function contaminationWithin({ read }: Pick<Store, 'read'>, scope: Scope): Promise<Within<Contamination>> {
  demand(scope, 'contamination.read')
  return computedWithin(PATIENCE_MS, read, 'contamination', { projectId: scope.project.id, day: today() })
}

/** The same, however long it takes: for a file. */
export async function contaminationOf({ read }: Pick<Store, 'read'>, scope: Scope): Promise<Contamination> {
  demand(scope, 'contamination.read')
  return computed(read, 'contamination', { projectId: scope.project.id, day: today() })
}

/** A case's risk with what each part comes to by itself, 0 to 100. */
export type WholeRisk = CaseRisk & { parts: { part: RiskPart; points: number }[] }

/** The risk of one case; null for a retired or archived one, which nothing is measured with. */
export async function caseRisk({ read }: Pick<Store, 'read'>, scope: Scope, caseId: string): Promise<WholeRisk | null> {
  demand(scope, 'contamination.read')
  const [found] = await caseRisks(read, scope.project.id, { at: now(), caseId })
  if (!found) return null
  const parts = RISK_PARTS.map((part) => ({ part, points: 100 * partOf(part, found.amounts[part]) }))
  return { ...found, parts }
}
