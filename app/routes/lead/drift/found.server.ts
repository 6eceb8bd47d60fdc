import { can, type Scope } from '#app/auth/permissions.ts'
import { nameRaters } from '#app/evaluation/agreement/names.ts'
import type { DriftChoices } from '#app/evaluation/drift/choices.ts'
import { chosenDimension } from '#app/evaluation/drift/choose.ts'
import type { DriftNames } from '#app/evaluation/drift/context.ts'
import type { SettledDrift } from '#app/evaluation/drift/filter.ts'
import type { DimensionFindings, DriftFindings } from '#app/evaluation/drift/findings.ts'
import { nextSteps } from '#app/evaluation/drift/next-steps.ts'
import { driftFinding, restsOn } from '#app/evaluation/drift/words.ts'
import { store } from '#app/store.server.ts'
import { anchorPlan } from './plan.server.ts'
import { alarmRows, dimensionRows } from './view/all.server.ts'
import { anchorsView } from './view/anchors.server.ts'
import { behind } from './view/behind.server.ts'
import { bridgeViews } from './view/bridge.server.ts'
import { mixView } from './view/mix.server.ts'
import { ratersView } from './view/raters.server.ts'
import { splitView } from './view/split.server.ts'
import { anchorTransitions } from './view/transitions.server.ts'
import { trendView } from './view/trend.server.ts'

/** The names of everybody and everything in the findings, as far as the scope may see them. */
export async function namesIn(scope: Scope, findings: DriftFindings, choices: DriftChoices): Promise<DriftNames> {
  return { raters: await nameRaters(store(), scope, findings.raters), systems: choices.systems }
}

type Asked = { request: Request; scope: Scope; filter: SettledDrift; choices: DriftChoices; dimension: string | null }

/** What the page draws of the findings: everything of one dimension, and a line of each other. */
export async function drawnDrift(findings: DriftFindings, { request, scope, filter, choices, dimension }: Asked) {
  const names = await namesIn(scope, findings, choices)
  const chosen = chosenDimension(findings, dimension)
  const mayPlan = can(scope.roles, 'rounds.write')
  return {
    simulated: findings.basis.sources.simulated === findings.basis.ratings,
    restsOn: restsOn(findings),
    dimensions: findings.dimensions.map(({ key, name }) => ({ key, name })),
    periods: comparable(findings),
    rows: dimensionRows(findings),
    leftOut: findings.leftOut,
    alarms: alarmRows(findings, names),
    one: chosen && drawnDimension(findings, chosen, names, { filter, mayList: can(scope.roles, 'ratings.read') }),
    steps: chosen && mayPlan ? nextSteps(findings, chosen) : [],
    plan: mayPlan ? await anchorPlan(request, findings, chosen, filter.falseAlarms) : null,
  }
}

function drawnDimension(
  findings: DriftFindings,
  dimension: DimensionFindings,
  names: DriftNames,
  { filter, mayList }: { filter: SettledDrift; mayList: boolean },
) {
  const link = behind(filter, dimension.key, mayList)
  const reason = dimension.drift.change.estimable ? null : dimension.drift.change.reason
  return {
    key: dimension.key,
    name: dimension.name,
    finding: driftFinding(findings, dimension, names),
    trend: trendView(findings, dimension, link),
    split: splitView(findings, dimension, names),
    noSplit: findings.compared === null ? null : reason,
    raters: ratersView(findings, dimension, names, link),
    anchors: anchorsView(findings, dimension, link),
    transitions: anchorTransitions(findings, dimension),
    bridges: bridgeViews(dimension, mayList),
    mix: mixView(findings, dimension, names.systems),
  }
}

/** The periods with live items, for choosing the two that are compared. */
function comparable({ periods, periodKind, compared, systems }: DriftFindings) {
  const all = periods.flatMap(({ key, label }, number) =>
    (systems[number] ?? []).length > 0 ? [{ key, name: label.slice(0, 1).toUpperCase() + label.slice(1) }] : [],
  )
  const key = (number: number | undefined) => (number === undefined ? '' : (periods[number]?.key ?? ''))
  return { all, kind: periodKind, before: key(compared?.before), after: key(compared?.after) }
}
