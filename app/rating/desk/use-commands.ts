import { useRef } from 'react'
import { flushSync } from 'react-dom'
import type { ShownRubric } from '#app/evaluation/queue/shown.ts'
import { useShortcut } from '#app/ui/use-shortcut.ts'
import type { Bench } from '../bench.ts'
import { type Change, CLOSEST_ROW } from '../entry.ts'
import { type Command, commandOf } from '../keys.ts'
import { levelKeys } from '../levels.ts'
import { CLOSEST_BY_KEY } from './overall.tsx'
import { focusRow } from './row-focus.ts'

/** What the keys can do besides moving and scoring. */
export type Doing = {
  submit: () => void
  undo: () => void
  note: (dimension: string) => void
  attach: (dimension: string) => void
  context: () => void
  find: () => void
  references: () => void
  anchors: () => void
  skip: () => void
  flag: () => void
  lastTen: () => void
  keys: () => void
}

const CLOSEST_KEYS = CLOSEST_BY_KEY.map((_, place) => String(place + 1))

const digitOf = ({ code }: KeyboardEvent): string | null => /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? null

/** In a radio group the browser takes the arrows for itself: a held one would change the score. */
const wouldChangeRadio = ({ key, target }: KeyboardEvent): boolean =>
  key.startsWith('Arrow') && target instanceof HTMLInputElement && target.type === 'radio'

/** Turns key presses into what they ask for. `painted`: the item that is on screen has been seen. */
export function useCommands(
  bench: Bench,
  rubric: ShownRubric,
  single: boolean,
  painted: () => boolean,
  doing: Doing,
): void {
  const latest = useRef(doing)
  latest.current = doing
  useShortcut((event, where) => {
    const { entry } = bench
    const dimension = rubric.dimensions.find(({ id }) => id === entry?.current)
    const levels = dimension?.levels.map(({ value }) => value) ?? []
    const keys = entry?.current === CLOSEST_ROW ? CLOSEST_KEYS : levelKeys(levels)
    const { key, shiftKey: shift, altKey, ctrlKey, metaKey, repeat, target } = event
    const modified = altKey || ctrlKey || metaKey
    const command = commandOf(
      {
        key,
        digit: digitOf(event),
        command: (ctrlKey || metaKey) && !altKey,
        modified,
        shift,
        repeat,
        where,
        reading: target instanceof Element && target.closest('.answer, .sources') !== null,
      },
      { levels: keys, single, held: bench.busy || !painted() },
    )
    if (!command) return single && !modified && where === 'page' && wouldChangeRadio(event)
    run(command, bench, entry?.current ?? '', levels, latest.current)
    return true
  })
}

function run(command: Command, bench: Bench, current: string, levels: readonly number[], doing: Doing): void {
  const move = (change: Change) => {
    flushSync(() => bench.change(change))
    focusRow(bench.entry?.current ?? current)
  }
  switch (command.do) {
    case 'score': {
      const closest = current === CLOSEST_ROW ? CLOSEST_BY_KEY[command.place] : undefined
      if (closest) move({ type: 'closest', closest })
      const level = levels[command.place]
      if (level !== undefined) move({ type: 'score', dimension: current, level })
      return
    }
    case 'cannot judge':
      if (current === CLOSEST_ROW) return
      flushSync(() => bench.change({ type: 'cannot judge', dimension: current }))
      doing.note(current)
      return
    case 'up':
      move({ type: 'step', by: -1 })
      return
    case 'down':
      move({ type: 'step', by: 1 })
      return
    case 'back':
      focusRow(current)
      return
    case 'note':
      if (current !== CLOSEST_ROW) doing.note(current)
      return
    case 'attach':
      if (current !== CLOSEST_ROW) doing.attach(current)
      return
    case 'last ten':
      doing.lastTen()
      return
    default:
      doing[command.do]()
  }
}
