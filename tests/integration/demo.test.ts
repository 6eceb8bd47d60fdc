import { and, count, eq, isNull, ne } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { caseHash } from '#app/evaluation/cases/hash.ts'
import { caseDocuments, cases, documents, references, responses } from '#db/schema/cases.ts'
import { projects } from '#db/schema/people.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { items, rounds } from '#db/schema/rounds.ts'
import { traces } from '#db/schema/traces.ts'
import { demoLogins, seedDemo } from '#db/seed/demo.ts'
import type { Store } from '#db/store.server.ts'
import { freshStore } from '#tests/support/store.ts'

let store: Store
let projectId: string
beforeAll(async () => {
  store = await freshStore()
  await seedDemo(store)
  const [project] = await store.read.select().from(projects).where(eq(projects.slug, 'member-handbook'))
  projectId = project?.id ?? ''
})

describe('the demo workspace', () => {
  it('holds at least 60 cases in every category and segment, each with an answer per version and both references', async () => {
    const found = await store.read
      .select({ category: cases.category, segment: cases.userSegment, n: count() })
      .from(cases)
      .where(eq(cases.projectId, projectId))
      .groupBy(cases.category, cases.userSegment)
    expect(found.reduce((sum, row) => sum + row.n, 0)).toBeGreaterThanOrEqual(60)
    expect(found).toHaveLength(20)
    const perCase = await store.read
      .select({ n: count() })
      .from(responses)
      .where(eq(responses.projectId, projectId))
      .groupBy(responses.caseId)
    expect(new Set(perCase.map((row) => row.n))).toEqual(new Set([3]))
    const perQuality = await store.read
      .select({ n: count() })
      .from(references)
      .where(eq(references.projectId, projectId))
      .groupBy(references.caseId, references.quality)
    expect(perQuality).toHaveLength(2 * perCase.length)
    const [unchecked] = await store.read
      .select({ n: count() })
      .from(references)
      .where(ne(references.state, 'validated'))
    expect(unchecked?.n).toBe(0)
  })

  it('marks every rating it holds as simulated, and the round they belong to', async () => {
    const [others] = await store.read.select({ n: count() }).from(ratings).where(ne(ratings.source, 'simulated'))
    expect(others?.n).toBe(0)
    const unmarked = await store.read
      .select({ n: count() })
      .from(ratings)
      .innerJoin(rounds, eq(rounds.id, ratings.roundId))
      .where(isNull(rounds.simulated))
    expect(unmarked[0]?.n).toBe(0)
  })

  it('gives every item of the finished round three ratings by three raters', async () => {
    const perItem = await store.read
      .select({ n: count() })
      .from(ratings)
      .innerJoin(rounds, eq(rounds.id, ratings.roundId))
      .where(eq(rounds.projectId, projectId))
      .groupBy(ratings.itemId)
    expect(new Set(perItem.map((row) => row.n))).toEqual(new Set([3]))
    const [scored] = await store.read
      .select({ n: count() })
      .from(scores)
      .innerJoin(ratings, eq(ratings.id, scores.ratingId))
      .innerJoin(rounds, eq(rounds.id, ratings.roundId))
      .where(eq(rounds.projectId, projectId))
    expect(scored?.n).toBe(perItem.length * 3 * 5)
  })

  it('has an open round with nothing rated yet', async () => {
    const open = await store.read
      .select({ n: count() })
      .from(items)
      .innerJoin(rounds, eq(rounds.id, items.roundId))
      .where(and(eq(rounds.projectId, projectId), eq(rounds.state, 'open'), eq(items.done, 0)))
    expect(open[0]?.n).toBeGreaterThanOrEqual(60)
  })

  it('has the content hashes that importing the same cases would make', async () => {
    const [one] = await store.read.select().from(cases).where(eq(cases.projectId, projectId)).limit(1)
    const used = await store.read
      .select({ hash: documents.contentHash })
      .from(caseDocuments)
      .innerJoin(documents, eq(documents.id, caseDocuments.documentId))
      .where(eq(caseDocuments.caseId, one?.id ?? ''))
      .orderBy(caseDocuments.position)
    const { input = '', category = '', userSegment = '', contentHash } = one ?? {}
    const documentHashes = used.map(({ hash }) => hash)
    expect(contentHash).toBe(caseHash({ input, category, userSegment, documentHashes, metadata: {} }))
  })

  it('has traffic waiting in every category, and nothing sealed', async () => {
    const waiting = await store.read
      .select({ category: traces.category, n: count() })
      .from(traces)
      .where(and(eq(traces.state, 'waiting'), isNull(traces.duplicateOfId)))
      .groupBy(traces.category)
    expect(waiting.filter(({ category }) => category !== null)).toHaveLength(5)
    expect(waiting.reduce((sum, { n }) => sum + n, 0)).toBeGreaterThanOrEqual(40)
    const [held] = await store.read.select({ n: count() }).from(cases).where(ne(cases.pool, 'active'))
    expect(held?.n).toBe(0)
  })

  it('names a login for each role', async () => {
    const roles = new Set((await demoLogins(store)).flatMap((login) => login.roles))
    expect([...roles].sort()).toEqual(['admin', 'builder', 'lead', 'owner', 'rater'])
  })
})
