import type { Scope } from '#app/auth/permissions.ts'
import { renderMarkdown } from '#app/evaluation/markdown.server.ts'
import { type ListedReference, listReferences } from '#app/evaluation/references/list.ts'
import { placementsOfCase } from '#app/evaluation/references/placement/read.ts'
import { tasksOfCase } from '#app/evaluation/references/tasks/of-case.ts'
import { piecesOf } from '#app/evaluation/rubrics/differences.ts'
import { store } from '#app/store.server.ts'

export type ShownReferences = Awaited<ReturnType<typeof referencesOnPage>>
export type ShownReference = ShownReferences['references'][number]

/** The references of a case as its page shows them: rendered, with what changed from the text each took the place of. */
export async function referencesOnPage(scope: Scope, caseId: string, sealed: boolean) {
  const all = await listReferences(store(), scope, caseId)
  const placements = await placementsOfCase(store().read, scope.project.id, caseId)
  const byId = new Map(all.map((one) => [one.id, one]))
  return {
    references: all.map((one) => {
      const { text, ...reference } = one
      return {
        ...reference,
        html: sealed ? null : renderMarkdown(text),
        changes: sealed ? null : changesFrom(byId.get(one.supersedesId ?? ''), one),
        placement: placements.get(one.id) ?? null,
      }
    }),
    tasks: await tasksOfCase(store().read, scope, caseId),
  }
}

const changesFrom = (former: ListedReference | undefined, { text }: ListedReference) =>
  former ? { pieces: piecesOf(former.text, text), since: former.createdAt } : null
