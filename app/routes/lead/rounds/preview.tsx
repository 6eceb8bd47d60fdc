import type { ReactNode } from 'react'
import { percent, plural, whole } from '#app/evaluation/figure.ts'
import type { RoundPreview } from '#app/evaluation/rounds/shown.ts'

/** What a round comes to: items, ratings, expert hours, and what to know before making it. */
export function Preview({ preview, busy }: { preview: RoundPreview & { raters: number }; busy: boolean }) {
  const { matched, taken, anchors, references, ratings, hours, raters, warnings } = preview
  return (
    <Figures busy={busy}>
      <p>
        <span className="figure">{whole(taken)}</span> {taken === 1 ? 'item' : 'items'}
        {taken < matched ? <span className="faint"> of {whole(matched)} that pass</span> : null}
      </p>
      {anchors === null ? null : (
        <p>
          <span className="figure">{whole(anchors.taken)}</span> {anchors.taken === 1 ? 'anchor' : 'anchors'}
          <span className="faint"> of {whole(anchors.active)}</span>
          <small>
            {percent(anchors.taken / Math.max(1, anchors.taken + taken))} of the items,{' '}
            {plural(anchors.overlap, 'rating')} each
          </small>
        </p>
      )}
      {references === 0 ? null : (
        <p>
          <span className="figure">{whole(references)}</span> {references === 1 ? 'reference' : 'references'}
          <span className="faint"> rated as items</span>
        </p>
      )}
      <p>
        <span className="figure">{hoursOf(hours)}</span> expert hours
        <small>
          {plural(ratings, 'rating')}
          {raters > 0 && ratings > 0
            ? `, about ${eachTakes(hours / raters)} for each of ${plural(raters, 'rater')}`
            : ''}
        </small>
      </p>
      <Warnings warnings={warnings} />
      <Segments preview={preview} />
    </Figures>
  )
}

/** The panel that stays in view beside a form. */
export function Figures({ busy, children }: { busy: boolean; children: ReactNode }) {
  return (
    <div className="panel preview" aria-live="polite" aria-busy={busy}>
      {children}
    </div>
  )
}

/** What to know before making it. */
export function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null
  return (
    <ul className="warnings">
      {warnings.map((warning) => (
        <li key={warning}>
          <span className="state" data-tone="warn">
            <span className="unseen">Note:</span>
          </span>
          {warning}
        </li>
      ))}
    </ul>
  )
}

/** What a rater's part takes: "1.5 h", and under an hour "12 min". */
export const eachTakes = (hours: number): string => {
  const minutes = Math.max(1, Math.round(hours * 60))
  return minutes < 60 ? `${minutes} min` : `${hoursOf(hours)} h`
}

export const hoursOf = (hours: number): string =>
  hours > 0 && hours < 9.95 ? hours.toFixed(1) : whole(Math.round(hours))

/** Items by category, so that a lopsided round is seen before it is made. */
function Segments({ preview: { segments, matched } }: { preview: RoundPreview }) {
  const categories = [...new Set(segments.map(({ category }) => category))]
  if (categories.length < 2) return null
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Category</th>
          <th scope="col" className="number">
            Pass
          </th>
          <th scope="col" className="number">
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {categories.map((category) => {
          const items = segments.filter((one) => one.category === category).reduce((sum, one) => sum + one.items, 0)
          return (
            <tr key={category}>
              <th scope="row">{category}</th>
              <td className="number">{whole(items)}</td>
              <td className="number">{percent(items / matched)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
