/** A round to be rated in the browser: items that can be told apart, a rubric, its raters. */
import type { BrowserContext, Page } from '@playwright/test'
import { and, eq, isNull } from 'drizzle-orm'
import { newId, now, sha256 } from '#app/ambient.ts'
import { caseDocuments, documents } from '#db/schema/cases.ts'
import { users } from '#db/schema/people.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import type { rounds } from '#db/schema/rounds.ts'
import type { Person } from '#db/seed/rows.ts'
import { addCase, addReference, addRound, addRubric, addSystemVersion } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { pageOf, type Workspace } from './workspace.ts'

/** Words that stand in what a rater must never be told. */
export const SECRETS = { system: 'secret-system-9', key: 'secret-case-key', segment: 'secret-segment' }

const STORY = Array.from(
  { length: 8 },
  (_, n) => `Paragraph ${n} of the handbook. A claim must reach the plan within ${n + 60} days of the date of service.`,
).join('\n\n')

type Wanted = {
  items?: number
  keys?: string[]
  from?: number
  to?: number
  rationaleAtOrBelow?: number | null
  references?: boolean
  /** The raters have seen the tour; they have, unless said otherwise. */
  toured?: boolean
  round?: Partial<typeof rounds.$inferInsert>
}

export type TestRound = { id: string; path: string }

/** A round over new cases, open to all raters of the workspace. */
export async function makeRound(store: Store, { project, people }: Workspace, wanted: Wanted = {}): Promise<TestRound> {
  const { items = 4, keys = ['accuracy', 'groundedness', 'tone'], references = false } = wanted
  return store.write(async (tx) => {
    const system = await addSystemVersion(tx, project, `${SECRETS.system}-${newId()}`)
    const rated = []
    for (let n = 1; n <= items; n++) {
      const one = await addCase(tx, project, system.id, {
        key: `${SECRETS.key}-${newId()}`,
        input: `What is the limit for claim ${n}?`,
        response: `The limit for claim ${n} is **180 days**.\n\nSend form C-${n}.`,
        category: SECRETS.segment,
      })
      rated.push(one)
      for (const position of [0, 1]) {
        const id = newId()
        const text = `${STORY}\n\nDocument ${position} for claim ${n}, ${id}.`
        const row = { id, projectId: project.id, title: `Handbook, part ${position + 1}`, text }
        await tx.insert(documents).values({ ...row, contentHash: sha256(text), createdAt: now() })
        await tx.insert(caseDocuments).values({ caseId: one.caseId, position, documentId: id })
      }
      if (!references) continue
      await addReference(tx, project, one.caseId, { quality: 'high', text: `High reference ${n}.` })
      await addReference(tx, project, one.caseId, { quality: 'borderline', text: `Borderline reference ${n}.` })
    }
    const { from = 1, to = 4, rationaleAtOrBelow = null } = wanted
    const rubric = await addRubric(tx, project, { keys, from, to, rationaleAtOrBelow })
    const raters = Object.values(people).map(({ id }) => id)
    const { id } = await addRound(tx, project, rubric.versionId, raters, rated, wanted.round)
    const tourSeenAt = wanted.toured === false ? null : now()
    for (const rater of raters) await tx.update(users).set({ tourSeenAt }).where(eq(users.id, rater))
    return { id, path: `/p/${project.slug}/rate/${id}` }
  })
}

/** A page on the round, in a browser of its own, ready for keys. */
export async function openRound(
  newContext: () => Promise<BrowserContext>,
  rater: Pick<Person, 'email'>,
  round: TestRound,
): Promise<Page> {
  const page = await pageOf(newContext, rater)
  await page.goto(round.path)
  await isReady(page)
  return page
}

/** Waits until the page is alive and shows an item. */
export async function isReady(page: Page): Promise<void> {
  await page.locator('.rate[data-alive] .rubric').waitFor()
  await isPainted(page)
}

/** Waits until what is there has been painted: keys do nothing to an item that nobody can have seen. */
export async function isPainted(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    return frame().then(frame).then(frame)
  })
}

export const questionOn = async (page: Page): Promise<string> =>
  ((await page.locator('.question .reading').textContent()) ?? '').trim()

/** Presses keys one after the other, as a hand does. */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** Waits until another item is on screen. */
export async function isAnother(page: Page, than: string): Promise<void> {
  await page.waitForFunction((former) => {
    const now = document.querySelector<HTMLElement>('.question .reading')?.textContent?.trim()
    return now !== undefined && now !== former
  }, than)
  await isPainted(page)
}

/** The ratings in force of a round, with their levels in the rubric's order. */
export async function ratingsIn(store: Store, roundId: string) {
  const rows = await store.read
    .select()
    .from(ratings)
    .where(and(eq(ratings.roundId, roundId), isNull(ratings.supersededAt)))
    .orderBy(ratings.submittedAt)
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      scores: await store.read.select().from(scores).where(eq(scores.ratingId, row.id)).orderBy(scores.dimensionId),
    })),
  )
}
