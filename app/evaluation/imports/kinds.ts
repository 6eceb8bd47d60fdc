import { type BoundImporter, bind } from './bound.ts'
import { casesImporter } from './cases.ts'
import { ratingsImporter } from './ratings/importer.ts'
import { referencesImporter } from './references.ts'
import { responsesImporter } from './responses.ts'
import { tracesImporter } from './traces/importer.ts'

/** What can be imported, in the order in which a project needs it. */
export const IMPORT_KINDS = ['cases', 'responses', 'references', 'ratings', 'traces'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

export const IMPORTERS: Record<ImportKind, BoundImporter> = {
  cases: bind(casesImporter),
  responses: bind(responsesImporter),
  references: bind(referencesImporter),
  ratings: bind(ratingsImporter),
  traces: bind(tracesImporter),
}
