/** A share as a bar in a table's cell; the number is the text in the next cell. */
export function ShareBar({ share, most }: { share: number; most: boolean }) {
  return (
    <svg aria-hidden="true">
      <rect
        className={most ? 'most' : undefined}
        width={`${Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10}%`}
        height="8"
      />
    </svg>
  )
}
