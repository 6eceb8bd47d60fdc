import { beforeEach, describe, expect, it } from 'vitest'
import { nameRaters } from '#app/evaluation/agreement/names.ts'
import { alarmsIn } from '#app/evaluation/drift/alarms.ts'
import { driftIn } from '#app/evaluation/drift/drift.ts'
import { NO_DRIFT_FILTER } from '#app/evaluation/drift/filter.ts'
import type { DimensionFindings, DriftFindings } from '#app/evaluation/drift/findings.ts'
import { driftFinding } from '#app/evaluation/drift/words.ts'
import type { Store } from '#db/store.server.ts'
import { type Answer, DriftProject, type Effect } from '#tests/support/drift-project.ts'
import { freshStore } from '#tests/support/store.ts'

const AUGUST = Date.UTC(2026, 7, 3)
const OCTOBER = Date.UTC(2026, 9, 5)

let store: Store
beforeEach(async () => {
  store = await freshStore()
})

type Moved = {
  /** Rubric version 2 is in force in October, linked to version 1 by a bridge. */
  version?: boolean
  effect?: Effect
  /** Mean quality of October's live answers less August's. */
  model?: number
  /** Share of the hard segment in October; a half of August's. */
  hard?: number
}

/** August under version 1 and October under what is asked for: live answers, 40 anchors, and a bridge where the version changes. */
async function twoMonths({ version = false, effect = () => 0, model = 0, hard = 0.5 }: Moved): Promise<DriftProject> {
  return store.write(async (tx) => {
    const made = await DriftProject.make(tx)
    if (version) await made.addVersion(tx)
    const number = version ? 1 : 0
    const quality = (segment: number) => (segment === 1 ? 2.1 : 2.9)
    const august = await made.addAnswers(tx, 90, { quality })
    const october = await made.addAnswers(tx, 90, {
      quality: (segment) => quality(segment) + model,
      second: hard,
      system: 1,
    })
    const anchors = await made.addAnswers(tx, 40, { quality })
    await made.rate(tx, {
      at: AUGUST,
      given: [...made.shared(august, 2, 'audit'), ...made.shared(anchors, 3, 'anchor')],
    })
    await made.rate(tx, {
      at: OCTOBER,
      version: number,
      given: [...made.shared(october, 2, 'audit'), ...made.shared(anchors, 3, 'anchor')],
      effect,
    })
    if (version) {
      const bridge: Answer[] = await made.addAnswers(tx, 40, { quality })
      const given = made.shared(bridge, 2, 'bridge')
      // the older half too is rated in October, as the panel then reads
      await made.rate(tx, {
        at: OCTOBER,
        given,
        effect: (one) => effect({ ...one, version: 0 }),
        name: 'Bridge, version 1',
      })
      await made.rate(tx, {
        at: OCTOBER + 86_400_000,
        version: 1,
        given,
        effect,
        bridgesFrom: 0,
        name: 'Bridge, version 2',
      })
    }
    return made
  })
}

async function findingIn(made: DriftProject): Promise<{ findings: DriftFindings; said: string; more: string }> {
  const { found: within } = await driftIn(store, made.scope, NO_DRIFT_FILTER)
  if (!within?.ready) throw new Error('nothing was found')
  const findings = within.value
  const dimension = findings.dimensions[0] as DimensionFindings
  const names = {
    raters: await nameRaters(store, made.scope, findings.raters),
    systems: Object.fromEntries(made.systems.map(({ id, name }) => [id, name])),
  }
  const { headline, more } = driftFinding(findings, dimension, names)
  return { findings, said: headline.map(({ text }) => text).join(''), more: more.join(' ') }
}

const LOWER = /^The mean on accuracy fell by 0\.\d\d, from \d\.\d\d in August 2026 to \d\.\d\d in October 2026\./

describe('the summary names the cause that moved the mean', () => {
  it('the rubric’s version, and not the raters', async () => {
    const { said, more } = await findingIn(
      await twoMonths({ version: true, effect: ({ version }) => (version === 1 ? -0.5 : 0) }),
    )
    expect(said).toMatch(LOWER)
    expect(said).toMatch(
      /(All|Most|More than all) of it, 0\.\d\d \(0\.\d\d to 0\.\d\d\), came with version 2 of the rubric/,
    )
    expect(said).toMatch(/neither the raters nor the model show a measurable change\.$/)
    expect(more).not.toMatch(/Since|cannot be told apart/)
  })

  it('the panel, with the alarm of its chart', async () => {
    const { said, more, findings } = await findingIn(await twoMonths({ effect: () => -0.5 }))
    expect(said).toMatch(LOWER)
    expect(said).toMatch(
      /of it, 0\.\d\d \(.*\), came with the panel, which reads the rubric more strictly; the model shows no/,
    )
    expect(more).toMatch(/Since October 2026 the panel reads accuracy more strictly, by 0\.\d\d points/)
    expect(more.match(/Since October/g)).toHaveLength(1)
    expect(alarmsIn(findings)).toMatchObject([
      { rater: null, dimension: { key: 'accuracy' }, raised: 1, since: { first: 1 } },
    ])
    expect(alarmsIn(findings)[0]?.size).toBeCloseTo(-0.45, 0)
  })

  it('one rater, by name, and not the panel', async () => {
    const made = await twoMonths({ effect: ({ rater }) => (rater === 2 ? -1.4 : 0) })
    const { said, more, findings } = await findingIn(made)
    expect(said).toMatch(LOWER)
    expect(said).toMatch(/D\. Reyes.*(reads accuracy more strictly than before, beyond what the panel did|who changed)/)
    expect(`${said} ${more}`).not.toMatch(/the panel reads|the panel, which|version/)
    expect(alarmsIn(findings).map(({ rater }) => rater)).toEqual([made.raters[2]?.id])
  })

  it('the mix of cases, which is no drift', async () => {
    const { said, more } = await findingIn(await twoMonths({ hard: 0.9 }))
    expect(said).toMatch(LOWER)
    expect(said).toMatch(/of it, .* came with the mix of cases; neither the raters nor the model show/)
    expect(more).toMatch(/reasoning × expert went from 50 % to 90 % of the answers\. That is no drift\./)
  })

  it('the model, naming the systems', async () => {
    const { said } = await findingIn(await twoMonths({ model: -0.5 }))
    expect(said).toMatch(LOWER)
    expect(said).toMatch(/came with the model \(handbook-2 after handbook-1\); the raters show no measurable change\.$/)
  })

  it('two that went against each other, each with its sign', async () => {
    const effect: Effect = ({ version }) => (version === 1 ? -0.6 : 0) + 0.4
    const { said, more } = await findingIn(await twoMonths({ version: true, effect }))
    expect(said).toMatch(/0\.\d\d \(.*\), came with version 2 of the rubric/)
    expect(more).toMatch(/Against that, the panel added 0\.\d\d \(/)
  })

  it('none where nothing happened', async () => {
    const { said, findings } = await findingIn(await twoMonths({}))
    expect(said).toMatch(/No cause of that stands out from chance\.$/)
    expect(alarmsIn(findings)).toEqual([])
  })
})
