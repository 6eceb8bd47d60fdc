import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireScope } from '#app/auth/guard.server.ts'
import { type Agreed, agreementIn, breakdownIn } from '#app/evaluation/agreement/agreement.ts'
import { COMPUTING } from '#app/evaluation/agreement/computing.server.ts'
import { breakdownCsv, figuresCsv, type Provenance } from '#app/evaluation/agreement/csv.ts'
import { nameItems, nameRaters } from '#app/evaluation/agreement/names.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { readQuery } from './query.server.ts'

/** The table of the agreement page; with `dimension` what the page says of the disagreement on it. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'agreement.read')
  return answering(async () => {
    const { filter: wanted, dimension } = readQuery(request)
    const agreed = await agreementIn(store(), scope, wanted, COMPUTING)
    const { filter, figures } = agreed
    const provenance = provenanceOf(agreed)
    if (!filter || !figures || !provenance)
      throw new Problem('missing', 'There are no ratings to compute agreement from.')
    if (dimension === null) return file(figuresCsv(figures, provenance), scope.project.slug, 'agreement')

    const chosen = figures.dimensions.find((one) => one.dimension.key === dimension)?.dimension
    if (!chosen) throw new Problem('missing', `The rubric version has no dimension "${dimension}".`)
    const breakdown = await breakdownIn(store(), scope, filter, chosen.id, COMPUTING)
    if (!breakdown.estimable) throw new Problem('missing', `There is nothing to split: ${breakdown.reason}.`)
    const names = {
      raters: await nameRaters(
        store(),
        scope,
        breakdown.raters.map(({ rater }) => rater),
      ),
      items: await nameItems(
        store(),
        scope,
        breakdown.worst.map(({ item }) => item),
      ),
    }
    return file(
      breakdownCsv(breakdown, names, chosen.key, provenance),
      scope.project.slug,
      `disagreement-${chosen.key}`,
    )
  })
}

function provenanceOf({ choices, filter, figures }: Agreed): Provenance | null {
  const version = choices.versions.find(({ id }) => id === filter?.rubricVersionId)
  if (!filter || !figures || !version) return null
  return {
    filter,
    version,
    round: choices.rounds.find(({ id }) => id === filter.roundId)?.name ?? null,
    systemVersion: choices.systemVersions.find(({ id }) => id === filter.systemVersionId)?.name ?? null,
    simulated: figures.sources.simulated,
  }
}

const file = (csv: string, project: string, name: string): Response =>
  new Response(csv, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${project}-${name}.csv"`,
      'Cache-Control': 'no-store',
    },
  })
