import type { ReactNode } from 'react'
import { Dialog } from '#app/ui/dialog.tsx'
import { ThemeSwitch } from '#app/ui/theme.tsx'
import { CommandKey } from './command-key.tsx'

type Props = {
  /** The keys of the levels, first and last. */
  levels: readonly [string, string]
  single: boolean
  onSingle: (single: boolean) => void
  onTour: () => void
  onClose: () => void
}

/** The map of keys, and what can be set about them. */
export function KeysDialog({ levels: [first, last], single, onSingle, onTour, onClose }: Props) {
  const map: readonly [ReactNode, string][] = [
    [<Keys key="score" list={[first, last]} between="to" />, 'Score, and move to the next unscored dimension'],
    [<Keys key="move" list={['j', 'k', '↓', '↑']} />, 'Move between dimensions'],
    [<Keys key="u" list={['u']} />, 'Cannot judge this dimension'],
    [<Keys key="n" list={['n', 'Esc']} />, 'Write a note · back to the row'],
    [<Keys key="e" list={['e']} />, 'Attach the selected passage, or the one found'],
    [<Keys key="c" list={['c', '/']} />, 'Context · find in it and in the response'],
    [<Keys key="r" list={['r', 'g']} />, 'References · all anchors'],
    [<Keys key="f" list={['f', '→', '←']} />, 'Flag · skip with a reason · my last ten'],
    [<CommandKey key="submit" with="↵" />, 'Submit and go on, from a text field too'],
    [<CommandKey key="undo" with="Z" />, 'Undo the last score, or the submit for 30 s'],
  ]
  return (
    <Dialog title="Keys" className="keys" onClose={onClose}>
      <dl>
        {map.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>{keys}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="row">
        <label className="row">
          <input type="checkbox" checked={single} onChange={(event) => onSingle(event.target.checked)} />
          Single keys on
        </label>
        <ThemeSwitch />
        <button type="button" className="quiet" onClick={onTour}>
          Show the tour
        </button>
        <button type="button" className="primary aside" onClick={onClose}>
          Close <kbd>Esc</kbd>
        </button>
      </p>
    </Dialog>
  )
}

function Keys({ list, between }: { list: readonly string[]; between?: string }) {
  return list.map((key, place) => (
    <span key={key}>
      {place > 0 ? ` ${between ?? ''} ` : null}
      <kbd>{key}</kbd>
    </span>
  ))
}
