import { expect, it } from 'vitest'
import type { Part } from '#app/stats/drift/decomposition/decompose.ts'
import type { Cause } from '#app/stats/drift/decomposition/two-periods.ts'
import { partLabel } from './causes.ts'

const named = (causes: Cause[], newVersions: number[] = []) => partLabel({ causes } as unknown as Part, { newVersions })

it('names one cause as a sentence would begin, and several as a short list', () => {
  expect(named(['individual'])).toBe('Single raters changed')
  expect(named(['individual', 'panel'])).toBe('Single raters and the panel')
  expect(named(['pool', 'individual', 'panel', 'model'])).toBe('Who rated, single raters, the panel and the model')
  expect(named(['version', 'model'], [3])).toBe('Version 3 and the model')
  expect(named(['panel', 'version'], [2, 3])).toBe('The panel and the rubric’s version')
})
