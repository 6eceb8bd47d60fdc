import { DrizzleQueryError } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { errorForLog } from './log.server.ts'

describe('an error in the log', () => {
  it('of a query tells the query and what was wrong with it, and none of its values', () => {
    const cause = new Error('the disk is full')
    const failed = new DrizzleQueryError('update cases set input = ?', ['a secret\n    text'], cause)
    for (const error of [failed, new Error('unsealing failed', { cause: failed })]) {
      const told = JSON.stringify(errorForLog(error))
      expect(told).toContain('Failed query: update cases set input = ?: the disk is full')
      expect(told).toContain('log.server.test.ts')
      expect(told).not.toContain('secret')
    }
  })

  it('of another kind is told whole', () => {
    expect(errorForLog(new Error('no file'))).toMatchObject({ type: 'Error', message: 'no file' })
  })
})
