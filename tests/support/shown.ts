/** A rubric, items and content as the rating page gets them. */

import type { ShownDimension, ShownItem, ShownRubric } from '#app/evaluation/queue/shown.ts'
import { type Content, emptyContent } from '#app/evaluation/ratings/content.ts'
import { type Keep, keepIn } from '#app/rating/keep.ts'

export const dimension = (id: string, over: Partial<ShownDimension> = {}): ShownDimension => ({
  id,
  key: id,
  name: id,
  description: '',
  levels: [1, 2, 3, 4].map((value) => ({ value, label: '', anchor: `Level ${value}` })),
  rationaleAtOrBelow: null,
  ...over,
})

export const rubric: ShownRubric = {
  name: 'Rubric',
  version: 1,
  dimensions: [dimension('accuracy', { rationaleAtOrBelow: 2 }), dimension('groundedness'), dimension('tone')],
}

export const item = (assignment: string, over: Partial<ShownItem> = {}): ShownItem => ({
  assignment,
  question: '<p>Question?</p>',
  response: '<p>Answer.</p>',
  documents: [],
  references: null,
  referencesFollow: false,
  draft: null,
  leaseExpiresAt: 0,
  ...over,
})

/** Content in which every dimension has the given level. */
export const scored = (level = 3): Content => ({
  ...emptyContent(),
  scores: Object.fromEntries(rubric.dimensions.map(({ id }) => [id, { level, cannotJudge: null, note: '' }])),
})

/** A browser's storage that lives in memory. */
export function memoryKeep(): Keep {
  const kept = new Map<string, string>()
  return keepIn(() => ({
    get length() {
      return kept.size
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  }))
}
