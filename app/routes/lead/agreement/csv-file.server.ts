/** What the CSV files of figures have in common. */
import type { Agreed } from '#app/evaluation/agreement/agreement.ts'
import type { Basis } from '#app/evaluation/agreement/basis.ts'
import type { Provenance } from '#app/evaluation/agreement/csv.ts'
import type { AgreementFilter } from '#app/evaluation/agreement/filter.ts'

/** Where figures come from, for each line of a file; null where there are none. */
export function provenanceOf({
  choices,
  filter,
  figures,
}: Pick<Agreed, 'choices' | 'filter'> & { figures: Pick<Basis, 'sources'> | null }): Provenance | null {
  const version = choices.versions.find(({ id }) => id === filter?.rubricVersionId)
  if (!filter || !figures || !version) return null
  return {
    filter,
    version,
    round: choices.rounds.find(({ id }) => id === filter.roundId)?.name ?? null,
    systemVersion: choices.systemVersions.find(({ id }) => id === filter.systemVersionId)?.name ?? null,
    raters: ratersOf(filter, choices.raters),
    simulated: figures.sources.simulated,
  }
}

function ratersOf(
  { sharedWith, without }: AgreementFilter,
  raters: readonly { id: string; name: string }[],
): string | null {
  const nameOf = (rater: string) => raters.find(({ id }) => id === rater)?.name ?? rater
  if (sharedWith !== null) return `items of ${nameOf(sharedWith)}`
  return without === null ? null : `without ${nameOf(without)}`
}

/** A CSV file as a download. */
export const file = (csv: string, project: string, name: string): Response =>
  new Response(csv, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${project}-${name}.csv"`,
      'Cache-Control': 'no-store',
    },
  })
