import type { ShownProgress } from '#app/evaluation/queue/shown.ts'
import { timeLeftInWords } from '../said.ts'

type Props = {
  project: { slug: string; name: string }
  round: { name: string; simulated: string | null }
  progress: ShownProgress
  /** Submitted here and not counted by the server yet. */
  ahead: number
  onKeys: () => void
}

/** Where one is, how far, how long still, and the map of keys. */
export function TopBar({ project, round, progress, ahead, onKeys }: Props) {
  const total = progress.done + progress.left
  const done = Math.min(total, progress.done + ahead)
  const left = progress.left > 0 ? progress.secondsLeft * ((total - done) / progress.left) : 0
  return (
    <header className="top">
      <a className="mark" href={`/p/${project.slug}/queue`} title="Back to the queue">
        Assay
      </a>
      <p className="where">
        <span>{project.name}</span> <span>{round.name}</span>
        {round.simulated ? (
          <span className="chip" title={round.simulated}>
            Simulated
          </span>
        ) : null}
      </p>
      {total > 0 ? (
        <label className="row aside">
          {done} of {total}{' '}
          <progress value={done} max={total}>
            {done} of {total}
          </progress>
        </label>
      ) : (
        <span className="aside" />
      )}
      {total > done ? (
        <p className="soft">
          <span className="wide">about </span>
          {timeLeftInWords(left)} left
        </p>
      ) : null}
      <button className="quiet" type="button" onClick={onKeys}>
        Keys <kbd>?</kbd>
      </button>
    </header>
  )
}
