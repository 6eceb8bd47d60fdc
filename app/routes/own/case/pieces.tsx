import type { Piece } from '#app/evaluation/rubrics/differences.ts'

/** Two texts in one: what was taken out is struck through, what was added underlined. */
export function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  let at = 0
  return (
    <p className="changed-text">
      {pieces.map(({ kind, text }) => {
        at += text.length + 1
        if (kind === 'same') return <span key={at}>{text}</span>
        return kind === 'added' ? <ins key={at}>{text}</ins> : <del key={at}>{text}</del>
      })}
    </p>
  )
}
