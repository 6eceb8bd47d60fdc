import { caseHash, documentHash } from '../cases/hash.ts'
import { SealError } from './cipher.server.ts'
import type { CaseText } from './texts.ts'

/** The hash of a case's content, from all that was sealed of it. */
export const hashOfCase = (text: CaseText): string =>
  caseHash({ ...text, documentHashes: text.documents.map((one) => documentHash(one.title, one.text)) })

/**
 * The content of a sealed case, if it is what was sealed: its hash is the one that was fixed then.
 *
 * @throws SealError where it is another, or there is none
 */
export function checkedCase({ id, hash }: { id: string; hash: string }, text: CaseText | undefined): CaseText {
  const row = { kind: 'case', id, caseId: id } as const
  if (!text) throw new SealError(row, 'its row is missing. Bring it back from a backup.')
  if (hashOfCase(text) === hash) return text
  throw new SealError(row, 'its content is not what was sealed: the hashes differ. Bring the row back from a backup.')
}
