import type { Refusal } from '#app/evaluation/rubrics/files/refusal.ts'

/** Every reason in a line of its own, as an editor's error list would have it, with the differences below. */
export function refusalsInWords(refusals: readonly Refusal[]): string {
  const lines = refusals.map(({ path, line, field, reason, diff }) => {
    const at = line === null ? path : `${path}:${line}`
    return [`${at}: ${field === null ? '' : `${field}: `}${reason}`, ...(diff ? ['', diff] : [])].join('\n')
  })
  return [...lines, 'Nothing was stored or written.', ''].join('\n')
}

/** 2 where a file is wrong in itself, 1 where all are right and cannot be taken. */
export const statusOf = (refusals: readonly Refusal[]): number => (refusals.some(({ kind }) => kind === 'file') ? 2 : 1)
