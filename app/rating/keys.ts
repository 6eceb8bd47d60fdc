/** Which key does what on the rating page: one pure map from a press to a command. */

export type Command =
  | { do: 'score'; place: number }
  | {
      do:
        | 'cannot judge'
        | 'note'
        | 'back'
        | 'attach'
        | 'context'
        | 'find'
        | 'references'
        | 'anchors'
        | 'flag'
        | 'skip'
        | 'last ten'
        | 'up'
        | 'down'
        | 'submit'
        | 'undo'
        | 'keys'
    }

/** A key press, as far as it matters here. */
export type Press = {
  key: string
  /** The digit printed on the key, whatever it types on this keyboard; null for any other key. */
  digit: string | null
  /** Ctrl or Cmd, and no other modifier. */
  command: boolean
  /** Any modifier but Shift. */
  modified: boolean
  shift: boolean
  repeat: boolean
  /** In a text field, a select or a dialog, where keys are the field's own. */
  where: 'page' | 'text' | 'dialog'
  /** In a pane of text with a scroll of its own. */
  reading: boolean
}

export type Setting = {
  /** The keys of the current dimension's levels, in their order. */
  levels: readonly string[]
  /** Single keys are switched on. */
  single: boolean
  /** Nothing may be changed now: a save is in flight, or what is on screen has not been painted yet. */
  held: boolean
}

const LETTERS: Record<string, Command> = {
  u: { do: 'cannot judge' },
  n: { do: 'note' },
  e: { do: 'attach' },
  c: { do: 'context' },
  '/': { do: 'find' },
  r: { do: 'references' },
  g: { do: 'anchors' },
  f: { do: 'flag' },
  j: { do: 'down' },
  k: { do: 'up' },
  '?': { do: 'keys' },
}

const ARROWS: Record<string, Command> = {
  ArrowUp: { do: 'up' },
  ArrowDown: { do: 'down' },
  ArrowRight: { do: 'skip' },
  ArrowLeft: { do: 'last ten' },
}

/** What a press asks for; null when it is not ours. */
export function commandOf(press: Press, { levels, single, held }: Setting): Command | null {
  const { key, command, where } = press
  if (press.repeat || where === 'dialog' || held) return null
  if (command && key === 'Enter') return { do: 'submit' }
  if (where === 'text') return key === 'Escape' && !press.modified ? { do: 'back' } : null
  if (command && !press.shift && key.toLowerCase() === 'z') return { do: 'undo' }
  if (press.modified || !single) return null
  const arrow = ARROWS[key]
  if (arrow) return press.shift || (press.reading && (key === 'ArrowUp' || key === 'ArrowDown')) ? null : arrow
  const letter = LETTERS[key] ?? LETTERS[key.toLowerCase()]
  if (letter) return letter
  const place = levels.indexOf(/^\d$/.test(key) ? key : press.shift ? '' : (press.digit ?? ''))
  return place >= 0 ? { do: 'score', place } : null
}
