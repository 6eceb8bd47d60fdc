/** A version as it is in the database, and as it is in a file. Pure. */
import type { RubricVersionFile } from '#app/formats/rubric-version.ts'
import { writeRubricVersion } from '#app/formats/write-rubric-version.ts'
import { contentHashOf, draftHashOf, type RubricContent } from '../content.ts'

export type FiledVersion = {
  rubric: { key: string; name: string }
  number: number
  state: RubricVersionFile['state']
  /** The number of the version it was drafted from. */
  basedOn: number | null
  changeNote: string
  content: RubricContent
}

/** The content of a version's file as the domain has it. */
export const contentOfFile = ({ dimensions }: RubricVersionFile): RubricContent => ({
  dimensions: dimensions.map(({ rationale_at_or_below, ...dimension }) => ({
    ...dimension,
    rationaleAtOrBelow: rationale_at_or_below,
  })),
})

/** What tells one state of a draft from another in its file: the beginning of `draftHashOf`. */
export const pulledHash = (content: RubricContent, changeNote: string): string =>
  draftHashOf(contentHashOf(content), changeNote).slice(0, 16)

/** What a file says now, in the terms of what was pulled. */
export const fileHash = (file: RubricVersionFile): string => pulledHash(contentOfFile(file), file.change_note)

/** The file of a version. A draft's says what was pulled, so that a change on both sides is noticed. */
export function fileOfVersion(version: FiledVersion): RubricVersionFile {
  const { rubric, number, state, basedOn, changeNote, content } = version
  return {
    rubric: rubric.key,
    name: rubric.name,
    version: number,
    state,
    based_on: basedOn,
    ...(state === 'draft' ? { pulled: pulledHash(content, changeNote) } : {}),
    change_note: changeNote,
    dimensions: content.dimensions.map((dimension) => ({
      key: dimension.key,
      name: dimension.name,
      description: dimension.description ?? '',
      weight: dimension.weight ?? 1,
      rationale_at_or_below: dimension.rationaleAtOrBelow ?? null,
      levels: dimension.levels.map(({ value, label = '', anchor, examples = [] }) => ({
        value,
        label,
        anchor,
        examples: [...examples],
      })),
    })),
  }
}

const EXTENSION = '.yaml'

/** The file of a draft within its rubric's folder: there is one at a time. */
export const DRAFT_FILE = `draft${EXTENSION}`

/** The name of a version's file within its rubric's folder. */
export const fileNameOf = ({ state, version }: Pick<RubricVersionFile, 'state' | 'version'>): string =>
  `${state === 'draft' ? 'draft' : `v${version}`}${EXTENSION}`

/** A file without the line that says what was pulled, for showing how two differ. */
export const comparable = (file: RubricVersionFile): string => writeRubricVersion({ ...file, pulled: undefined })

/** True where a file would only repeat a version. */
export const saysTheSame = (file: RubricVersionFile, version: Pick<FiledVersion, 'content'>): boolean =>
  contentHashOf(contentOfFile(file)) === contentHashOf(version.content)
