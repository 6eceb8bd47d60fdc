import type { Scope } from '#app/auth/permissions.ts'
import { draftHashOf } from '#app/evaluation/rubrics/content.ts'
import { type ListedVersion, listRubrics, type RubricVersion } from '#app/evaluation/rubrics/read.ts'
import { baseOf } from '#app/evaluation/rubrics/versions.ts'
import { store } from '#app/store.server.ts'

export type Siblings = {
  /** All versions of the rubric, the newest first. */
  versions: ListedVersion[]
  /** The version this one was drafted from. */
  base: ListedVersion | null
  /** The rubric's draft, where it has one. */
  draft: ListedVersion | null
}

/** A version among the others of its rubric, as far as the reader may see them. */
export async function siblingsOf(scope: Scope, version: RubricVersion): Promise<Siblings> {
  const rubrics = await listRubrics(store(), scope)
  const versions = rubrics.find(({ id }) => id === version.rubric.id)?.versions ?? []
  return {
    versions,
    base: baseOf({ ...version, rubricId: version.rubric.id }, versions),
    draft: versions.find(({ state }) => state === 'draft') ?? null,
  }
}

/** What a form about a draft sends along, so that a change by somebody else in the meantime is noticed. */
export const seenHash = ({ contentHash, changeNote }: RubricVersion): string => draftHashOf(contentHash, changeNote)
