/** Files of traces that wait for a look before they are imported: a job that nobody works off until it is said to be. */
import { and, eq, lt } from 'drizzle-orm'
import { z } from 'zod'
import { now } from '#app/ambient.ts'
import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import type { ImportPayload } from '#app/evaluation/imports/job.ts'
import { type ImportOptions, importOptions } from '#app/evaluation/imports/options.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { jobs } from '#db/schema/work.ts'
import type { Store } from '#db/store.server.ts'

const KIND = 'trace-upload'
const KEPT_MS = 24 * 3_600_000

const payload = z.object({ fileName: z.string(), bytes: z.number(), options: importOptions })

export type Upload = z.output<typeof payload>

/** Keeps an upload whose file is complete, under the id it was stored by. Its names to mask are never part of it. */
export async function keepUpload(store: Store, scope: Scope, id: string, upload: Upload): Promise<void> {
  demand(scope, 'cases.write')
  await store.write(async (tx) => {
    await tx.insert(jobs).values({
      id,
      projectId: scope.project.id,
      kind: KIND,
      state: 'waiting',
      payload: upload,
      createdBy: accountOf(scope),
      createdAt: now(),
    })
  })
}

const mine = (scope: Scope, id: string) =>
  and(eq(jobs.id, id), eq(jobs.projectId, scope.project.id), eq(jobs.kind, KIND))

/** @throws Problem `missing` for an upload that is not of this project, or was imported or discarded */
export async function readUpload({ read }: Pick<Store, 'read'>, scope: Scope, id: string): Promise<Upload> {
  demand(scope, 'cases.write')
  const [row] = await read.select({ payload: jobs.payload }).from(jobs).where(mine(scope, id))
  if (!row) throw gone()
  return payload.parse(row.payload)
}

/** Changes how an upload would be imported. */
export async function changeUpload(store: Store, scope: Scope, id: string, options: ImportOptions): Promise<void> {
  const { fileName, bytes } = await readUpload(store, scope, id)
  await store.write(async (tx) => {
    await tx.update(jobs).set({ payload: { fileName, bytes, options } }).where(mine(scope, id))
  })
}

/** Has the upload imported as it is set: from here on it is an import like any other. */
export async function importUpload(store: Store, scope: Scope, id: string): Promise<void> {
  const upload = await readUpload(store, scope, id)
  const asked: ImportPayload = { kind: 'traces', ...upload }
  const rows = await store.write((tx) =>
    tx
      .update(jobs)
      .set({ kind: 'import', payload: asked, createdBy: accountOf(scope), createdAt: now() })
      .where(mine(scope, id))
      .returning({ id: jobs.id }),
  )
  if (rows.length === 0) throw gone()
}

/** Forgets an upload; its file is the caller's to delete. */
export async function discardUpload(store: Store, scope: Scope, id: string): Promise<void> {
  await readUpload(store, scope, id)
  await store.write(async (tx) => {
    await tx.delete(jobs).where(mine(scope, id))
  })
}

/** Forgets uploads of all projects that nobody came back to for a day; returns their ids, for their files. */
export async function forgetUploads(store: Store): Promise<string[]> {
  const rows = await store.write((tx) =>
    tx
      .delete(jobs)
      .where(and(eq(jobs.kind, KIND), lt(jobs.createdAt, now() - KEPT_MS)))
      .returning({ id: jobs.id }),
  )
  return rows.map(({ id }) => id)
}

const gone = () =>
  new Problem('missing', 'This upload is not here: it was imported, discarded, or left for more than a day.')
