import type { RubricVersionFile } from './rubric-version.ts'
import { writeYaml } from './write-yaml.ts'

const ABOUT = {
  draft:
    ' A draft of a rubric version. Edit it, then push the folder. Format: docs/rubric-files.md\n Leave the line “pulled” as it is: by it a change on both sides is noticed.',
  published: ' A published rubric version, to be read and compared: it never changes. Format: docs/rubric-files.md',
  retired: ' A retired rubric version, to be read and compared: it never changes. Format: docs/rubric-files.md',
} as const

/** The file as YAML: the same bytes for the same content, read back to the last letter. What is left out says nothing. */
export function writeRubricVersion(file: RubricVersionFile): string {
  const record = {
    rubric: file.rubric,
    name: file.name,
    version: file.version,
    state: file.state,
    based_on: file.based_on ?? undefined,
    pulled: file.pulled,
    change_note: file.change_note || undefined,
    dimensions: file.dimensions.map((dimension) => ({
      key: dimension.key,
      name: dimension.name,
      description: dimension.description || undefined,
      weight: dimension.weight === 1 ? undefined : dimension.weight,
      rationale_at_or_below: dimension.rationale_at_or_below ?? undefined,
      levels: dimension.levels.map((level) => ({
        value: level.value,
        label: level.label || undefined,
        anchor: level.anchor,
        examples: level.examples.length > 0 ? level.examples : undefined,
      })),
    })),
  }
  return writeYaml(record, ABOUT[file.state])
}
