import type { ListedImport } from '#app/evaluation/imports/list.ts'

const WORDS = { waiting: 'Waiting', running: 'Under way', done: 'Done', failed: 'Refused' } as const
const TONES = { waiting: 'none', running: 'none', done: 'good', failed: 'bad' } as const

/** How an import stands, in a word. */
export function ImportState({ state, progress }: Pick<ListedImport, 'state' | 'progress'>) {
  return (
    <span className="state" data-tone={TONES[state]}>
      {WORDS[state]}
      {progress === null ? '' : `, ${Math.floor(100 * progress)} %`}
    </span>
  )
}
