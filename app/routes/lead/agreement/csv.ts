import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireScope } from '#app/auth/guard.server.ts'
import { agreementIn, insideIn } from '#app/evaluation/agreement/agreement.ts'
import { COMPUTING } from '#app/evaluation/agreement/computing.server.ts'
import { breakdownCsv, coefficientsCsv, figuresCsv } from '#app/evaluation/agreement/csv.ts'
import { nameItems, nameRaters } from '#app/evaluation/agreement/names.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { file, provenanceOf } from './csv-file.server.ts'
import { readQuery } from './query.server.ts'

/** The table of the agreement page; with `dimension` what the page says of the disagreement on it, or its coefficients. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'agreement.read')
  return answering(async () => {
    const { filter: wanted, dimension, table } = readQuery(request)
    const agreed = await agreementIn(store(), scope, wanted, COMPUTING)
    const { filter, figures } = agreed
    const provenance = provenanceOf(agreed)
    if (!filter || !figures || !provenance)
      throw new Problem('missing', 'There are no ratings to compute agreement from.')
    if (dimension === null) return file(figuresCsv(figures, provenance), scope.project.slug, 'agreement')

    const chosen = figures.dimensions.find((one) => one.dimension.key === dimension)?.dimension
    if (!chosen) throw new Problem('missing', `The rubric version has no dimension "${dimension}".`)
    const { breakdown, coefficients } = await insideIn(store(), scope, filter, chosen.id, COMPUTING)
    if (table === 'coefficients')
      return file(coefficientsCsv(coefficients, chosen.key, provenance), scope.project.slug, `agreement-${chosen.key}`)
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
