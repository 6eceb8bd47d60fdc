/** A draw of anchors as its form holds it. */
import type { AnchorDraw } from '#app/evaluation/anchors/chosen.ts'

import { textOf } from '#app/http/entered.ts'
import { DAY_MS, dayAt, wholeIn } from '../rounds/entry.server.ts'

export type DrawEntry = {
  number: string
  how: 'random' | 'screened'
  rubricVersionId: string
  systemVersionId: string
  from: string
  to: string
  least: string
}

/** What the form sent, as it was entered. */
export const drawEntryOf = (form: FormData): DrawEntry => ({
  number: textOf(form, 'number'),
  how: textOf(form, 'how') === 'screened' ? 'screened' : 'random',
  rubricVersionId: textOf(form, 'rubricVersionId'),
  systemVersionId: textOf(form, 'systemVersionId'),
  from: textOf(form, 'from'),
  to: textOf(form, 'to'),
  least: textOf(form, 'least'),
})

/** The draw it asks for, and by field what is no value. The last day of the window is part of it. */
export function drawOf(entry: DrawEntry): { draw: AnchorDraw; faults: Record<string, string> } {
  const [from, to] = [dayAt(entry.from), dayAt(entry.to)]
  const faults: Record<string, string> = {}
  if (from === undefined) faults.from = 'This is not a date. Write it as 2026-10-31.'
  if (to === undefined) faults.to = 'This is not a date. Write it as 2026-10-31.'
  return {
    faults,
    draw: {
      number: wholeIn(entry.number),
      how: entry.how,
      rubricVersionId: entry.rubricVersionId,
      systemVersionId: entry.systemVersionId || null,
      from: from ?? null,
      to: to == null ? null : to + DAY_MS,
      least: wholeIn(entry.least),
    },
  }
}
