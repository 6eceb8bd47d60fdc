import type { UploadedKind } from '#app/evaluation/imports/job.ts'

/** What each kind of file brings, for those who choose between them. */
export const KIND_WORDS: Record<UploadedKind, { label: string; what: string }> = {
  cases: { label: 'Cases', what: 'What users asked, with the documents an answer may rest on.' },
  responses: { label: 'Responses', what: 'What a system version answered to cases that are here.' },
  references: { label: 'References', what: 'High and borderline answers to compare with.' },
  ratings: { label: 'Ratings', what: 'Scores that people gave elsewhere; they become a closed round.' },
  traces: { label: 'Traces', what: 'What users asked in production and what was answered.' },
  rubric: { label: 'Rubric', what: 'Dimensions and their levels, published as a version.' },
}
