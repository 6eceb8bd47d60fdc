/** What is entered beside a file, as it is. */
export type EnteredImport = {
  kind: string
  category: string
  segment: string
  addSegments: boolean
  system: string
  round: string
  rubric: string
  rubricKey: string
  levels: string
}

/** Stands in the choice of rubrics for one that is made from the scores. */
export const FROM_DATA = 'from-data'
