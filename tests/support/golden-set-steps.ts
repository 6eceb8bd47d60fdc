/**
 * A program that imports traces, samples, rotates, undoes and rotates again, each step where the one before is done: the test
 * that kills it starts it again. Bundled by the test, since it is started fifty times.
 */
import { count } from 'drizzle-orm'
import { newId } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { importFile } from '#app/evaluation/imports/run.ts'
import { rotatePools } from '#app/evaluation/rotation/rotate.ts'
import { undoRotation } from '#app/evaluation/rotation/undo.ts'
import { doSampling } from '#app/evaluation/sampling/do.ts'
import { planSampling } from '#app/evaluation/sampling/plan.ts'
import { projects } from '#db/schema/people.ts'
import { rotations, samplings } from '#db/schema/pools.ts'
import { traces } from '#db/schema/traces.ts'
import { openStore, type Store } from '#db/store.server.ts'

const ASKED = { size: 150, floorShare: 0.15, holdoutShare: 0.3, seed: 5 }

async function nextStep({ read }: Store): Promise<'import' | 'sample' | 'rotate' | 'undo' | null> {
  const [traced] = await read.select({ n: count() }).from(traces)
  if (traced?.n === 0) return 'import'
  const [sampled] = await read.select({ n: count() }).from(samplings)
  if (sampled?.n === 0) return 'sample'
  const [turned] = await read.select({ n: count(), undone: count(rotations.undoneAt) }).from(rotations)
  if (turned?.n === 2) return null
  return turned?.n === 1 && turned.undone === 0 ? 'undo' : 'rotate'
}

async function run(store: Store, scope: Scope, file: string): Promise<void> {
  for (let step = await nextStep(store); step !== null; step = await nextStep(store)) {
    if (step === 'import') await importFile(store, scope, { kind: 'traces', path: file, fileName: 'traces.jsonl' })
    if (step === 'sample') {
      const { stamp } = await planSampling(store.read, scope, ASKED)
      await store.write((tx) => doSampling(tx, scope, { id: newId(), asked: ASKED, stamp }))
    }
    if (step === 'rotate') await rotatePools(store, scope, { stamp: null, seed: 9 })
    if (step === 'undo') {
      const [done] = await store.read.select({ id: rotations.id }).from(rotations)
      await undoRotation(store, scope, done?.id ?? '')
    }
  }
}

const [url = '', file = ''] = process.argv.slice(2)
const store = openStore(url)
const [project] = await store.read.select().from(projects)
if (!project) throw new Error('the database has no project')
const { id, slug, name } = project
const scope: Scope = { user: { id: '', name: 'a test' }, project: { id, slug, name }, roles: ['owner'] }
process.stdout.write('ready\n')
await run(store, scope, file)
await store.close()
process.stdout.write('done\n')
