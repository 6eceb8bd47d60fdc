import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it } from 'vitest'
import { ForestPlot } from '#app/charts/forest.tsx'
import { PeriodsChart } from '#app/charts/periods.tsx'
import { WaterfallChart } from '#app/charts/waterfall.tsx'
import { nameRaters } from '#app/evaluation/agreement/names.ts'
import { driftIn } from '#app/evaluation/drift/drift.ts'
import { NO_DRIFT_FILTER, type SettledDrift } from '#app/evaluation/drift/filter.ts'
import type { DimensionFindings, DriftFindings } from '#app/evaluation/drift/findings.ts'
import { alarmRows, dimensionRows } from '#app/routes/lead/drift/view/all.server.ts'
import { anchorsView } from '#app/routes/lead/drift/view/anchors.server.ts'
import { behind } from '#app/routes/lead/drift/view/behind.server.ts'
import { bridgeViews } from '#app/routes/lead/drift/view/bridge.server.ts'
import { mixView } from '#app/routes/lead/drift/view/mix.server.ts'
import { ratersView } from '#app/routes/lead/drift/view/raters.server.ts'
import { splitView } from '#app/routes/lead/drift/view/split.server.ts'
import { anchorTransitions } from '#app/routes/lead/drift/view/transitions.server.ts'
import { trendView } from '#app/routes/lead/drift/view/trend.server.ts'
import { DriftProject } from '#tests/support/drift-project.ts'
import { freshStore } from '#tests/support/store.ts'

const month = (m: number) => Date.UTC(2026, m, 3)

let findings: DriftFindings
let one: DimensionFindings
let filter: SettledDrift
let names: { raters: Awaited<ReturnType<typeof nameRaters>>; systems: Record<string, string> }
beforeAll(async () => {
  const store = await freshStore()
  const made = await store.write(async (tx) => {
    const project = await DriftProject.make(tx, { seed: 5 })
    await project.addVersion(tx)
    const anchors = await project.addAnswers(tx, 30)
    for (const m of [5, 6, 7, 8]) {
      const live = await project.addAnswers(tx, 24, { system: m > 6 ? 1 : 0 })
      const version = m === 8 ? 1 : 0
      const given = [...project.shared(live, 2, 'audit'), ...project.shared(anchors, 2, 'anchor')]
      await project.rate(tx, { at: month(m), version, given, effect: ({ version: v }) => (v === 1 ? -0.5 : 0) })
      if (m !== 8) continue
      const bridge = project.shared(await project.addAnswers(tx, 24), 2, 'bridge')
      await project.rate(tx, { at: month(m), given: bridge })
      await project.rate(tx, { at: month(m), version: 1, given: bridge, effect: () => -0.5, bridgesFrom: 0 })
    }
    return project
  })
  const drifted = await driftIn(store, made.scope, NO_DRIFT_FILTER)
  if (!drifted.found?.ready || !drifted.filter) throw new Error('nothing was found')
  findings = drifted.found.value
  filter = drifted.filter
  one = findings.dimensions[0] as DimensionFindings
  names = { raters: await nameRaters(store, made.scope, findings.raters), systems: drifted.choices.systems }
})

describe('what the drift page draws', () => {
  it('is text and places throughout, in every part', () => {
    const link = behind(filter, one.key, true)
    const parts = {
      trend: trendView(findings, one, link),
      split: splitView(findings, one, names),
      raters: ratersView(findings, one, names, link),
      anchors: anchorsView(findings, one, link),
      transitions: anchorTransitions(findings, one),
      bridges: bridgeViews(one, true),
      mix: mixView(findings, one, names.systems),
      rows: dimensionRows(findings),
      alarms: alarmRows(findings, names),
    }
    for (const [name, part] of Object.entries(parts)) {
      const text = JSON.stringify(part, (_key, value: unknown) => {
        if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${name}: ${value} is no place`)
        return value
      })
      expect(text, name).not.toMatch(/NaN|undefined|Infinity/)
      expect(text, name).not.toBe('null')
    }
  })

  it('has a title and a description on every chart', () => {
    const link = behind(filter, one.key, true)
    const trend = trendView(findings, one, link)
    const split = splitView(findings, one, names)
    const raters = ratersView(findings, one, names, link)
    const { charts } = anchorsView(findings, one, link)
    if (!trend || !split || !raters || !charts) throw new Error('a chart is missing')
    const text = { title: 'A title', description: 'A description' }
    const rows = [split.before, ...split.parts, split.after].map((row) => ({ detail: '', ...row }))
    for (const chart of [trend.chart, charts.means, charts.ewma, charts.cusum])
      expect(renderToStaticMarkup(createElement(PeriodsChart, { chart, ...text }))).toMatch(
        /role="img".*<title.*A title.*<desc.*A description/,
      )
    const waterfall = renderToStaticMarkup(createElement(WaterfallChart, { chart: split.chart, ...text, rows }))
    expect(waterfall).toContain('The rubric’s version 2')
    expect(
      renderToStaticMarkup(createElement(ForestPlot, { forest: raters.plot, ...text, rows: raters.drawn })),
    ).toContain('A description')
  })

  it('marks the new version and joins the line only over its bridge', () => {
    const view = trendView(findings, one, behind(filter, one.key, true))
    expect(view?.chart.marks).toMatchObject([
      { text: 'Version 2', detail: expect.stringMatching(/^, bridged: −0\.\d\d/) },
    ])
    expect(view?.chart.lines).toHaveLength(1)
    const unlinked = {
      ...one,
      drift: { ...one.drift, steps: [{ from: 0, to: 1, bridge: { estimable: false as const, reason: 'none' } }] },
    }
    const broken = trendView(findings, unlinked, behind(filter, one.key, true))
    expect(broken?.broken).toEqual(['Version 2'])
    expect(broken?.chart.lines[0]).not.toBe(view?.chart.lines[0])
  })

  it('links to the ratings behind a number for those who may read them, under the page’s filter', () => {
    const [period] = findings.periods
    const to = behind({ ...filter, category: 'reasoning', source: 'app' }, 'accuracy', true)(period, 'v', 'anchor', 'r')
    expect(Object.fromEntries(new URL(to ?? '', 'http://a/b/c').searchParams)).toEqual({
      rubric: 'v',
      dimension: 'accuracy',
      from: '2026-06-01',
      to: '2026-06-30',
      category: 'reasoning',
      source: 'app',
      kind: 'anchor',
      back: 'drift',
      rater: 'r',
    })
    expect(behind(filter, 'accuracy', false)(period, 'v', 'live')).toBeNull()
  })

  it('draws parts that add up to the change', () => {
    const { change } = one.drift
    const view = splitView(findings, one, names)
    if (!change.estimable || !view) throw new Error('no split')
    expect(change.parts.reduce((sum, { estimate }) => sum + estimate, 0)).toBeCloseTo(change.change, 9)
    expect(view.chart.links.at(-1)?.x).toBeCloseTo(view.chart.ends[1]?.x ?? Number.NaN, 1)
  })
})
