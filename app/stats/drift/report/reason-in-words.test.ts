import { expect, it } from 'vitest'
import { reasonInWords } from './reason-in-words.ts'

it('says in good English which segments are missing, and what to do', () => {
  const names = { raters: [], segments: ['Leave', 'Pay', 'Travel'], versions: [] }
  const missing = (segments: number[]) => reasonInWords({ kind: 'segments-in-one-period', segments }, names)
  expect(missing([1])).toMatch(/^Pay has live items in one of the periods only; choose periods/)
  expect(missing([0, 2])).toMatch(/^Leave, Travel have live items/)
})
