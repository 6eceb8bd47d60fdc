import { type Dispatch, type SetStateAction, useState } from 'react'
import { flushSync } from 'react-dom'
import { QUOTE_MOST } from '#app/evaluation/ratings/check.ts'
import type { Bench } from '../bench.ts'
import { CLOSEST_ROW } from '../entry.ts'
import type { Missing } from '../missing.ts'
import type { Acts } from './dimension.tsx'
import { focusContext, focusFind, focusReferences } from './panes.ts'
import { focusNote, focusRow } from './row-focus.ts'
import type { Doing } from './use-commands.ts'
import type { Picked } from './use-selection.ts'

/** What is open on the page besides the item. */
export type Opened = {
  dialog: 'skip' | 'flag' | 'keys' | 'last ten' | 'tour' | null
  /** The part of the page that the tour is about. */
  part: string
  allAnchors: boolean
  /** The assignment and the dimension whose note was opened. */
  noting: string
  /** The assignment that was tried to be submitted with something missing. */
  tried: string
}

export const NOTHING_OPEN: Opened = { dialog: null, part: '', allAnchors: false, noting: '', tried: '' }

type Page = {
  bench: Bench
  /** What would be attached now. */
  picked: () => Picked | null
  forget: () => void
  set: (over: Partial<Opened>) => void
  toggleAnchors: () => void
}

export const noteOf = (assignment: string, dimension: string): string => `${assignment} ${dimension}`

const afterPaint = (fn: () => void) => requestAnimationFrame(() => requestAnimationFrame(fn))

function makeDoing(page: () => Page): Doing & Omit<Acts, 'mayUnfold'> {
  const { bench } = page()
  const current = () => bench.entry?.current ?? ''
  const moveOn = () => focusRow(current())
  const open = (dialog: Opened['dialog']) => {
    if (bench.item) page().set({ dialog })
  }
  const note = (dimension: string) => {
    flushSync(() => {
      bench.change({ type: 'go', dimension })
      page().set({ noting: noteOf(bench.item?.assignment ?? '', dimension) })
    })
    focusNote(dimension)
  }
  const references = async () => {
    if (bench.item?.references) {
      if (!focusReferences()) moveOn()
      return
    }
    if (!(await bench.reveal())) return
    bench.tell({ text: 'Here are the references. Scores can still be changed; then submit.', tone: 'info' })
    afterPaint(focusReferences)
  }
  const goTo = ({ what, dimension }: Missing) => {
    if (what === 'references') void references()
    const row = what === 'closest' ? CLOSEST_ROW : dimension
    if (row === null) return
    flushSync(() => bench.change({ type: 'go', dimension: row }))
    if (what === 'note' || what === 'why') focusNote(row)
    else moveOn()
  }
  return {
    change: (change) => bench.change(change),
    moveOn: () => afterPaint(moveOn),
    note,
    attach: (dimension) => {
      const picked = page().picked()
      const refused = !picked
        ? 'Select a passage in the response or a document first. By keyboard: find it with / and Enter, Esc, then e.'
        : picked.quote.length > QUOTE_MOST
          ? `Select a shorter passage: at most ${QUOTE_MOST} characters.`
          : null
      if (!picked || refused) return bench.tell({ text: refused ?? '', tone: 'info' })
      const { source, start, end, quote } = picked
      bench.change({ type: 'attach', evidence: { dimension, source, start, end, quote } })
      page().forget()
    },
    submit: () => {
      const tried = bench.item?.assignment ?? ''
      const first = bench.submit()
      page().set({ tried: first ? tried : '' })
      if (first) goTo(first)
    },
    undo: () => void bench.undo().then(() => afterPaint(moveOn)),
    context: () => {
      if (!focusContext()) moveOn()
    },
    find: focusFind,
    references: () => void references(),
    anchors: () => page().toggleAnchors(),
    skip: () => open('skip'),
    flag: () => open('flag'),
    lastTen: () => page().set({ dialog: 'last ten' }),
    keys: () => page().set({ dialog: 'keys' }),
  }
}

/** All that the controls and the keys of the page do: the same functions at every drawing. */
export function useDoing(
  bench: Bench,
  picked: () => Picked | null,
  forget: () => void,
  setOpened: Dispatch<SetStateAction<Opened>>,
): Doing & Omit<Acts, 'mayUnfold'> {
  const page: Page = {
    bench,
    picked,
    forget,
    set: (over) => setOpened((now) => ({ ...now, ...over })),
    toggleAnchors: () => setOpened((now) => ({ ...now, allAnchors: !now.allAnchors })),
  }
  const [latest] = useState({ page })
  latest.page = page
  const [doing] = useState(() => makeDoing(() => latest.page))
  return doing
}
