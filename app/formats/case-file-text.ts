import { type CaseFile, caseFile, isStub, type SealedCaseFile, sealedCaseFile } from './case-file.ts'
import { type ReadYaml, readYaml } from './read-yaml.ts'
import type { FileError } from './unreadable.ts'
import { writeYaml } from './write-yaml.ts'

const ABOUT =
  ' A case and its references. What a case asks is final; references may be added, replaced and removed.\n Leave the line “pulled” as it is: by it a change on both sides is noticed. Format: docs/case-files.md'
const ABOUT_SEALED = ' A sealed case: its text is in no file. Format: docs/case-files.md'

/** The file as YAML: the same bytes for the same content. What is left out says nothing. */
export function writeCaseFile(file: CaseFile | SealedCaseFile): string {
  if (isStub(file)) return writeYaml(file, ABOUT_SEALED)
  const { documents, metadata, references, ...rest } = file
  const record = {
    ...rest,
    documents: documents.length > 0 ? documents : undefined,
    metadata: Object.keys(metadata).length > 0 ? metadata : undefined,
    references: references.length > 0 ? references : undefined,
  }
  return writeYaml(record, ABOUT)
}

/** A case's file (YAML or JSON) as read from its bytes, or everything that is wrong with it. */
export function readCaseFile(bytes: Uint8Array): ReadYaml<CaseFile | SealedCaseFile> | { errors: FileError[] } {
  const sealed = readYaml(bytes, sealedCaseFile, Object.keys(sealedCaseFile.shape))
  if ('file' in sealed) return sealed
  return readYaml(bytes, caseFile, Object.keys(caseFile.shape))
}

/** A document as a file: its title as a heading, an empty line, its text to the last letter. */
export const writeDocument = ({ title, text }: { title: string; text: string }): string => `# ${title}\n\n${text}`

/** The document of such a file; null where it does not begin with a heading. */
export function readDocument(file: string): { title: string; text: string } | null {
  const found = /^# ([^\n]+)\n\n/.exec(file)
  return found ? { title: found[1] ?? '', text: file.slice(found[0].length) } : null
}
