/** The same loop on published data: figures that were published, and texts as long as real ones. */
import { expect, test } from '@playwright/test'
import { and, eq } from 'drizzle-orm'
import { importFolder } from '#app/evaluation/imports/folder.ts'
import { responses, systemVersions } from '#db/schema/cases.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import { addRound, scopeOf } from '#db/seed/rows.ts'
import { haveRealData, realFolder, withoutRealData } from '#tests/support/real-data.ts'
import { makeWorkspace, openTestStore, pageOf, type Workspace } from './support/workspace.ts'

test.skip(!haveRealData, withoutRealData)

/** Stein et al. 2023, as published by JUDGE-BENCH: ordinal alpha over all 52 items. */
const RECIPES = {
  grammar: 0.4151,
  fluency: 0.4324,
  verbosity: 0.3991,
  structure: 0.3986,
  success: 0.3627,
  overall: 0.4351,
}

const roles = { Olga: ['owner'], Lea: ['lead'], Ada: ['rater'] } as const

const personIn = ({ people }: Workspace, name: string) => people[name] as Workspace['people'][string]

test('the recipe evaluation shows the alphas that were published', async ({ browser }) => {
  test.setTimeout(180_000)
  const store = openTestStore()
  const workspace = await makeWorkspace(store, 'Recipes', roles)
  const owner = scopeOf(personIn(workspace, 'Olga'), workspace.project, ['owner'])
  await importFolder(store, owner, { folder: realFolder('recipe_eval') })
  await store.close()

  const page = await pageOf(() => browser.newContext(), personIn(workspace, 'Lea'))
  await page.goto(`/p/${workspace.project.slug}/agreement`)
  const csv = await (await page.request.get(`/p/${workspace.project.slug}/agreement.csv`)).text()
  const [header = '', ...lines] = csv.trim().split(/\r?\n/)
  const alphaColumn = header.split(',').indexOf('alpha')
  for (const [dimension, alpha] of Object.entries(RECIPES)) {
    await expect(page.locator('table.by-dimension tr', { hasText: dimension })).toContainText(alpha.toFixed(2))
    const line = lines.find((one) => one.startsWith(`${dimension},`)) ?? ''
    expect(Number(line.split(',')[alphaColumn])).toBeCloseTo(alpha, 4)
  }
  await page.context().close()
})

test('answers about stories of 5,000 words are rated by keyboard', async ({ browser }) => {
  test.setTimeout(180_000)
  const store = openTestStore()
  const workspace = await makeWorkspace(store, 'Stories', roles)
  const { project } = workspace
  const owner = scopeOf(personIn(workspace, 'Olga'), project, ['owner'])
  await importFolder(store, owner, { folder: realFolder('squality'), ratings: 'ranks.csv' })
  const [version] = await store.read
    .select({ id: rubricVersions.id })
    .from(rubricVersions)
    .innerJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
    .where(eq(rubrics.projectId, project.id))
  const answers = await store.read
    .select({ responseId: responses.id, caseId: responses.caseId })
    .from(responses)
    .innerJoin(systemVersions, eq(systemVersions.id, responses.systemVersionId))
    .where(and(eq(responses.projectId, project.id), eq(systemVersions.name, 'bart')))
    .limit(3)
  const round = await store.write((tx) =>
    addRound(tx, project, version?.id ?? '', [personIn(workspace, 'Ada').id], answers, { overlap: 1, name: 'Stories' }),
  )
  await store.close()

  const page = await pageOf(() => browser.newContext(), personIn(workspace, 'Ada'))
  await page.goto(`/p/${project.slug}/rate/${round.id}`)
  await page.getByRole('button', { name: 'Skip the tour' }).press('Enter')
  const words = await page.locator('.sources').textContent()
  expect((words ?? '').split(/\s+/).length).toBeGreaterThan(3000)
  const left = page.locator('.bottom .left')
  for (let item = 1; item <= answers.length; item++) {
    await expect(page).toHaveTitle(`Case ${item} of ${answers.length} · Assay`)
    for (let scored = 0; scored < 3; scored++) {
      await expect(left).toHaveText(`${3 - scored} left to score`)
      await page.waitForTimeout(200)
      await page.keyboard.press(String(1 + ((item + scored) % 3)))
    }
    await expect(left).not.toHaveText('1 left to score')
    await page.keyboard.press('Control+Enter')
  }
  await expect(page.getByRole('heading', { name: 'Nothing is open to you now' })).toBeVisible()
  await page.context().close()
})
