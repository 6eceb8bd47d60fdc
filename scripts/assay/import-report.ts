import type { ImportRefused } from '#app/evaluation/imports/refused.ts'
import type { ImportReport, Progress } from '#app/evaluation/imports/run.ts'

type Stderr = (text: string) => void

const n = (count: number) => count.toLocaleString('en')

/** What an import did, in lines. */
export function reportText({ kind, records, added, unchanged, notes }: ImportReport, seconds = 0): string {
  const what = `${kind}: ${n(added)} added, ${n(unchanged)} unchanged of ${n(records)}`
  const pace =
    added > 1_000 && seconds > 0 ? ` (${seconds.toFixed(1)} s, ${n(Math.round(added / seconds))} a second)` : ''
  return [`${what}${pace}`, ...notes.map((note) => `  ${note}`), ''].join('\n')
}

/** Everything wrong with a file, one fault a line, as an editor's error list would have it. */
export function refusalText({ message, errors }: ImportRefused): string {
  const lines = errors.map(({ line, field, reason }) => {
    const where = [...(line === null ? [] : [`line ${line}`]), ...(field === null ? [] : [field])].join(', ')
    return `  ${where === '' ? '' : `${where}: `}${reason}`
  })
  return [message, ...lines, ''].join('\n')
}

/** Draws progress in place on a terminal; elsewhere writes a line every few seconds. */
export function progressOn(
  stderr: Stderr,
  { tty, now = performance.now.bind(performance) }: { tty: boolean; now?: () => number },
) {
  const pause = tty ? 100 : 5_000
  let last = now()
  let drawn = false
  return {
    show(what: string, { done, total }: Progress) {
      if (total === 0 || now() - last < pause) return
      last = now()
      const text = `${what}: ${Math.min(100, Math.floor((100 * done) / total))} %`
      stderr(tty ? `\r${text}` : `${text}\n`)
      drawn = tty
    },
    clear() {
      if (drawn) stderr('\r\u001b[K')
      drawn = false
    },
  }
}
