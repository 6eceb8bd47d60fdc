import type { Scope } from '#app/auth/permissions.ts'
import type { RubricVersionFile } from '#app/formats/rubric-version.ts'
import type { Store } from '#db/store.server.ts'
import { fileHash, fileNameOf, fileOfVersion } from './content.ts'
import { storedRubrics } from './read.ts'

/** A file of the folder: its path within it ("qa/v1.yaml") and what it is to say. */
export type PulledFile = { path: string; file: RubricVersionFile }

/** The files of all rubrics of the project, or of one: every version of each. */
export async function pullFiles(store: Pick<Store, 'read'>, scope: Scope, key?: string): Promise<PulledFile[]> {
  const rubrics = [...(await storedRubrics(store.read, scope)).values()]
  return rubrics
    .filter((rubric) => key === undefined || rubric.key === key)
    .flatMap((rubric) =>
      rubric.versions.map((version) => {
        const file = fileOfVersion(version)
        return { path: `${rubric.key}/${fileNameOf(file)}`, file }
      }),
    )
}

/** True for a draft's file that was edited since it was pulled, or was never pulled: it holds what is nowhere else. */
export const isEdited = (file: RubricVersionFile): boolean => file.state === 'draft' && file.pulled !== fileHash(file)
