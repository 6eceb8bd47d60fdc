import { Document, isScalar, Scalar, visit } from 'yaml'
import type { RubricVersionFile } from './rubric-version.ts'

const WIDTH = 100
const LONG = 80
/** What YAML has escapes for, and what editors and Git would change on the way. */
const NEEDS_ESCAPES = /[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\uffff]/
/** Space that the eye cannot see at the ends of lines or between words, and that an editor may well remove. */
const FRAGILE_IN_LINES = /^\s|\s$|[ ]\n/
const FRAGILE_IN_FOLDS = /^ | $| {2}/

const ABOUT = {
  draft:
    ' A draft of a rubric version. Edit it, then push the folder. Format: docs/rubric-files.md\n Leave the line “pulled” as it is: by it a change on both sides is noticed.',
  published: ' A published rubric version, to be read and compared: it never changes. Format: docs/rubric-files.md',
  retired: ' A retired rubric version, to be read and compared: it never changes. Format: docs/rubric-files.md',
} as const

/** The file as YAML: the same bytes for the same content, read back to the last letter. What is left out says nothing. */
export function writeRubricVersion(file: RubricVersionFile): string {
  const doc = new Document({
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
  })
  doc.commentBefore = ABOUT[file.state]
  visit(doc, {
    Scalar(key, node) {
      if (key !== 'key' && isScalar(node) && typeof node.value === 'string') style(node as Scalar<string>)
    },
  })
  return doc.toString({ lineWidth: WIDTH, indentSeq: true })
}

/** Long texts are folded, texts of several lines kept line by line, all else in quotes only where it must be. */
function style(node: Scalar<string>): void {
  const { value } = node
  if (NEEDS_ESCAPES.test(value)) node.type = Scalar.QUOTE_DOUBLE
  else if (value.includes('\n')) node.type = FRAGILE_IN_LINES.test(value) ? Scalar.QUOTE_DOUBLE : Scalar.BLOCK_LITERAL
  else if (value.length > LONG) node.type = FRAGILE_IN_FOLDS.test(value) ? Scalar.QUOTE_DOUBLE : Scalar.BLOCK_FOLDED
}
