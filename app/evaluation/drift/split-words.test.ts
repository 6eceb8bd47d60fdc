import { describe, expect, it } from 'vitest'
import type { Decomposition, Part } from '#app/stats/drift/decomposition/decompose.ts'
import { CAUSES, type Cause } from '#app/stats/drift/decomposition/two-periods.ts'
import { analyticInterval } from '#app/stats/estimate.ts'
import { type SplitContext, splitInWords } from './split-words.ts'

const part = (causes: readonly Cause[], estimate: number, reach: number): Part => ({
  causes,
  reasons: [],
  estimate,
  se: reach / 1.96,
  interval: analyticInterval(estimate - reach, estimate + reach, 'normal'),
})

/** From 3.00; every cause not given is nothing, give or take 0.02. */
function changeOf(given: readonly Part[]): Decomposition {
  const named = given.flatMap(({ causes }) => causes)
  const parts = [...given, ...CAUSES.filter((cause) => !named.includes(cause)).map((cause) => part([cause], 0, 0.02))]
  const change = parts.reduce((sum, { estimate }) => sum + estimate, 0)
  const readings = { frozen: new Float64Array(), moved: new Float64Array(), panel: 0, versions: new Float64Array() }
  return { estimable: true, before: 3, after: 3 + change, change, parts, readings, draws: 200 }
}

const context: SplitContext = {
  dimension: 'Factual accuracy',
  before: 'May 2026',
  after: 'June 2026',
  newVersions: [2],
  systems: null,
  changed: [],
}

const said = (parts: readonly Part[], over: Partial<SplitContext> = {}, alarms: string[] = []) => {
  const { headline, more } = splitInWords(changeOf(parts), { ...context, ...over }, alarms)
  return { headline: headline.map(({ text }) => text).join(''), more: more.join(' ') }
}

describe('what moved the mean, in words', () => {
  it('names the largest cause, how much of it, and how sure', () => {
    const { headline } = said([part(['version'], -0.25, 0.1), part(['mix'], -0.06, 0.08)])
    expect(headline).toBe(
      'The mean on factual accuracy fell by 0.31, from 3.00 in May 2026 to 2.69 in June 2026. Most of it, 0.25 (0.15 to 0.35), came with version 2 of the rubric; neither the raters nor the model show a measurable change.',
    )
  })

  it('turns the words with the sign', () => {
    expect(said([part(['panel'], 0.3, 0.1)]).headline).toMatch(
      /rose by 0\.30, from 3\.00 .* to 3\.30 .* All of it, 0\.30 \(0\.20 to 0\.40\), came with the panel, which reads the rubric more leniently; the model shows no measurable change\.$/,
    )
    expect(said([part(['panel'], -0.3, 0.1)]).headline).toContain('which reads the rubric more strictly')
  })

  it('says what went against it', () => {
    const { headline, more } = said([part(['version'], -0.4, 0.1), part(['model'], 0.15, 0.1)])
    expect(headline).toContain(
      'More than all of it, 0.40 (0.30 to 0.50), came with version 2 of the rubric; the raters show',
    )
    expect(more).toBe('Against that, the model added 0.15 (0.05 to 0.25).')
    const hidden = said([part(['version'], -0.4, 0.1), part(['model'], 0.4, 0.2)])
    expect(hidden.headline).toContain('The mean on factual accuracy is the same in May 2026 and June 2026, 3.00.')
    expect(hidden.headline).toContain('which other causes made up for')
  })

  it('does not call the largest part one that only stands out best', () => {
    const { headline, more } = said([part(['mix'], -0.1, 0.09), part(['panel'], -0.2, 0.3)])
    expect(headline).toMatch(/Only the mix of cases stands out from chance, and took 0\.10 \(0\.01 to 0\.19\)\.$/)
    expect(more).toBe('The panel may have done more, −0.20, or nothing (−0.50 to +0.10).')
  })

  it('names the causes of a merged part and does not speak of the raters apart from it', () => {
    const { headline } = said([part(['panel', 'version', 'model'], -0.5, 0.1)])
    expect(headline).toMatch(
      /came with the panel, version 2 of the rubric and the model, three causes that cannot be told apart here\.$/,
    )
  })

  it('puts the anchors’ alarm first where no part stands out, and never calls raters quiet beside one', () => {
    const alarm = 'Since June 2026 D. Reyes reads factual accuracy more strictly.'
    const { headline, more } = said([part(['individual'], -0.2, 0.4)], { changed: ['D. Reyes'] }, [alarm])
    expect(headline).toMatch(/Since June 2026 D\. Reyes reads factual accuracy more strictly\.$/)
    expect(more).toContain('the largest, D. Reyes, who changed, is −0.20 (−0.60 to +0.20)')
    expect(said([part(['version'], -0.4, 0.1)], {}, [alarm]).headline).not.toContain('raters')
  })

  it('says that nothing stands out where nothing does', () => {
    const { headline, more } = said([part(['model'], 0.05, 0.2)])
    expect(headline).toMatch(/No cause of that stands out from chance\.$/)
    expect(more).toContain('the largest, the model, is +0.05 (−0.15 to +0.25)')
  })
})
