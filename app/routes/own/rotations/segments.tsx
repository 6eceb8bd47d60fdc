import type { PlannedSegment } from '#app/evaluation/rotation/planned.ts'
import { Scroll } from '#app/ui/scroll.tsx'
import { capital, n } from './words.ts'

const COLUMNS = [
  { of: (one: PlannedSegment) => one.before.active, label: 'Active before' },
  { of: (one: PlannedSegment) => one.before.holdout, label: 'Holdout before' },
  { of: (one: PlannedSegment) => one.graduating, label: 'Graduate' },
  { of: (one: PlannedSegment) => one.retiring + one.burnt, label: 'Retire' },
  { of: (one: PlannedSegment) => one.entering, label: 'Enter' },
  { of: (one: PlannedSegment) => one.after.active, label: 'Active after' },
  { of: (one: PlannedSegment) => one.after.holdout, label: 'Holdout after' },
  { of: (one: PlannedSegment) => one.short, label: 'Short of target' },
] as const

/** What moves in each segment. */
export function Segments({ segments }: { segments: PlannedSegment[] }) {
  return (
    <Scroll label="What moves, by segment">
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">Segment</th>
            {COLUMNS.map(({ label }) => (
              <th scope="col" className="number" key={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {segments.map((one) => (
            <tr key={`${one.category} ${one.userSegment}`}>
              <th scope="row">
                {capital(one.category)} <span className="soft">· {one.userSegment}</span>
              </th>
              {COLUMNS.map(({ label, of }) => (
                <td className="number" key={label}>
                  {of(one) === 0 ? <span className="faint">0</span> : n(of(one))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            {COLUMNS.map(({ label, of }) => (
              <td className="number" key={label}>
                {n(segments.reduce((sum, one) => sum + of(one), 0))}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </Scroll>
  )
}
