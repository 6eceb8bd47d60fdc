import { eq } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { referenceHash } from '#app/evaluation/cases/hash.ts'
import { peopleNamed } from '#app/evaluation/imports/people.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { putReference } from '#app/evaluation/references/put.ts'
import { versionToWriteFor } from '#app/evaluation/references/rubric-version.ts'
import { askToCheck, dropChecks } from '#app/evaluation/references/tasks/make.ts'
import { conflict, type Refusal, wrongFile } from '#app/evaluation/rubrics/files/refusal.ts'
import type { CaseFile, FiledReference } from '#app/formats/case-file.ts'
import { references } from '#db/schema/cases.ts'
import type { Database } from '#db/store.server.ts'
import { asImport } from './as-import.ts'

type Applied = { path: string; caseId: string; here: CaseFile; file: CaseFile }

const nameOf = ({ quality, text }: FiledReference) => `${quality} ${text}`

/**
 * Brings the references of a case to what its file says: new texts are stored, those gone from the file are no longer used,
 * a written one may become validated. A reason where that cannot be.
 */
export async function applyReferences(
  tx: Database,
  scope: Scope,
  { path, caseId, here, file }: Applied,
): Promise<Refusal | null> {
  const known = new Map(here.references.map((one) => [nameOf(one), one]))
  const wanted = new Set(file.references.map(nameOf))
  const people = await peopleNamed(
    asImport(tx, scope),
    file.references.flatMap(({ author, validated_by }) => [author ?? [], validated_by ?? []].flat()),
    { asRaters: false },
  )
  const idOf = (named: string | undefined) => (named === undefined ? null : (people.get(named) ?? null))
  for (const [i, reference] of file.references.entries()) {
    const field = `references.${i}`
    const [authorId, checkerId] = [idOf(reference.author), idOf(reference.validated_by)]
    if (checkerId !== null && checkerId === authorId) {
      return wrongFile(path, field, 'its author checked it, under another name: a second person has to')
    }
    const before = known.get(nameOf(reference))
    if (before) {
      const refused = await recheck(tx, { path, field, caseId, before, reference, checkerId })
      if (refused) return refused
      continue
    }
    try {
      await store(tx, scope, { caseId, reference, authorId, checkerId })
    } catch (error) {
      if (error instanceof Problem && error.kind === 'invalid') {
        return conflict(path, `${field}: ${error.fields.text ?? error.message}`)
      }
      throw error
    }
  }
  for (const [name, one] of known) if (!wanted.has(name)) await takeOut(tx, caseId, one)
  return null
}

type Checked = {
  path: string
  field: string
  caseId: string
  before: FiledReference
  reference: FiledReference
  checkerId: string | null
}

async function recheck(
  tx: Database,
  { path, field, caseId, before, reference, checkerId }: Checked,
): Promise<Refusal | null> {
  if (before.author !== reference.author) {
    return conflict(path, `${field}: who wrote a reference is on record, and not changed by a file.`)
  }
  if (before.state === reference.state) {
    if (before.validated_by === reference.validated_by) return null
    return conflict(path, `${field}: who checked a reference is on record, and not changed by a file.`)
  }
  if (before.state === 'validated') {
    return conflict(path, `${field}: it was checked, and a file does not take that back. Remove or replace it.`)
  }
  const id = await idInUse(tx, caseId, reference)
  if (id !== null) await markChecked(tx, id, checkerId)
  return null
}

async function store(
  tx: Database,
  scope: Scope,
  {
    caseId,
    reference,
    authorId,
    checkerId,
  }: {
    caseId: string
    reference: FiledReference
    authorId: string | null
    checkerId: string | null
  },
): Promise<void> {
  const projectId = scope.project.id
  const rubricVersionId = await versionToWriteFor(tx, projectId)
  const { quality, text, state } = reference
  const of = { projectId, caseId, quality, rubricVersionId }
  const made = await putReference(tx, { ...of, text, authorId, supersedes: null })
  if (state === 'validated') await markChecked(tx, made.id, checkerId)
  else if (made.state === 'written') await askToCheck(tx, { ...of, referenceId: made.id, createdBy: null })
}

async function markChecked(tx: Database, id: string, checkedBy: string | null): Promise<void> {
  await tx.update(references).set({ state: 'validated', checkedBy, checkedAt: now() }).where(eq(references.id, id))
  await dropChecks(tx, id)
}

async function takeOut(tx: Database, caseId: string, reference: FiledReference): Promise<void> {
  const id = await idInUse(tx, caseId, reference)
  if (id === null) return
  await tx.update(references).set({ supersededAt: now() }).where(eq(references.id, id))
  await dropChecks(tx, id)
}

async function idInUse(tx: Database, caseId: string, { quality, text }: FiledReference): Promise<string | null> {
  const rows = await tx
    .select({ id: references.id, quality: references.quality, hash: references.contentHash })
    .from(references)
    .where(eq(references.caseId, caseId))
  return rows.find((row) => row.quality === quality && row.hash === referenceHash(text))?.id ?? null
}
