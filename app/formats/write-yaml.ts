import { Document, isScalar, Scalar, visit } from 'yaml'

const WIDTH = 100
const LONG = 80
/** What YAML has escapes for, and what editors and Git would change on the way. */
const NEEDS_ESCAPES = /[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\uffff]/
/** Space that the eye cannot see at the ends of lines or between words, and that an editor may well remove. */
const FRAGILE_IN_LINES = /^\s|\s$|[ ]\n/
const FRAGILE_IN_FOLDS = /^ | $| {2}/

/** A record as YAML: the same bytes for the same content, read back to the last letter. What is undefined is left out. */
export function writeYaml(record: object, about: string): string {
  const doc = new Document(record)
  doc.commentBefore = about
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
