import { count, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { record } from '#app/evaluation/audit/record.ts'
import { isUniqueViolation } from '#db/errors.ts'
import { projects } from '#db/schema/people.ts'
import { items } from '#db/schema/rounds.ts'
import { dimensions } from '#db/schema/rubrics.ts'
import { auditEntries } from '#db/schema/work.ts'
import { addCase, addPerson, addProject, addRound, addRubric, addSystemVersion } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { freshStore } from '#tests/support/store.ts'

let store: Store
beforeEach(async () => {
  store = await freshStore()
})

describe('write', () => {
  it('takes everything back when its function throws, and leaves its neighbours alone', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        store.write(async (tx) => {
          await addProject(tx, { slug: `p-${i}` })
          if (i % 2 === 1) throw new Error(`no ${i}`)
        }),
      ),
    )
    expect(results.filter((r) => r.status === 'rejected')).toHaveLength(10)
    const [row] = await store.read.select({ n: count() }).from(projects)
    expect(row?.n).toBe(10)
  })

  it('recognises a second row with the same key', async () => {
    await store.write((tx) => addProject(tx, { slug: 'same' }))
    const second = await store.write((tx) => addProject(tx, { slug: 'same' })).catch((error: unknown) => error)
    expect(isUniqueViolation(second)).toBe(true)
    expect(isUniqueViolation(new Error('other'))).toBe(false)
  })
})

describe('what is final', () => {
  it('refuses to change the dimensions of a published rubric version', async () => {
    const rubric = await store.write(async (tx) => addRubric(tx, await addProject(tx)))
    await expect(
      store.write(async (tx) => {
        await tx.update(dimensions).set({ name: 'Other' }).where(eq(dimensions.rubricVersionId, rubric.versionId))
      }),
    ).rejects.toThrow()
  })

  it('refuses more takers than an item needs', async () => {
    const round = await store.write(async (tx) => {
      const project = await addProject(tx)
      const rater = await addPerson(tx, project, ['rater'])
      const system = await addSystemVersion(tx, project)
      const rubric = await addRubric(tx, project)
      return addRound(tx, project, rubric.versionId, [rater.id], [await addCase(tx, project, system.id)], {
        overlap: 2,
      })
    })
    const [item] = await store.read.select().from(items).where(eq(items.roundId, round.id))
    expect(item?.tier).toBe(2)
    await expect(store.write(async (tx) => void (await tx.update(items).set({ taken: 3 })))).rejects.toThrow()
  })

  it('refuses to rewrite the audit log', async () => {
    const event = { projectId: null, actor: { id: null, name: 'system' }, action: 'a.b', subject: 'a', subjectId: '1' }
    await store.write((tx) => record(tx, event, event))
    await expect(store.write(async (tx) => void (await tx.delete(auditEntries)))).rejects.toThrow()
    const [first, second] = await store.read.select().from(auditEntries).orderBy(auditEntries.number)
    expect(second?.previousHash).toBe(first?.hash)
  })
})
