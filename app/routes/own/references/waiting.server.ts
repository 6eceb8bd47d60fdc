import { can, type Scope } from '#app/auth/permissions.ts'
import { countCandidates } from '#app/evaluation/references/candidates.ts'
import { countWhole } from '#app/evaluation/references/missing.ts'
import { store } from '#app/store.server.ts'

/** What waits for an owner or lead; null for everybody else. */
export async function waitingFor(scope: Scope): Promise<{ missing: number; candidates: number } | null> {
  if (!can(scope.roles, 'cases.read')) return null
  const { cases, whole } = await countWhole(store(), scope)
  return { missing: cases - whole, candidates: await countCandidates(store().read, scope) }
}
