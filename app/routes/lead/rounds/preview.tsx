import { percent, plural, whole } from '#app/evaluation/figure.ts'
import type { RoundPreview } from '#app/evaluation/rounds/shown.ts'

/** What a round comes to: items, ratings, expert hours, and what to know before making it. */
export function Preview({ preview, busy }: { preview: RoundPreview & { raters: number }; busy: boolean }) {
  const { matched, taken, ratings, hours, raters, warnings } = preview
  return (
    <div className="panel preview" aria-live="polite" aria-busy={busy}>
      <p>
        <span className="figure">{whole(taken)}</span> {taken === 1 ? 'item' : 'items'}
        {taken < matched ? <span className="faint"> of {whole(matched)} that pass</span> : null}
      </p>
      <p>
        <span className="figure">{hoursOf(hours)}</span> expert hours
        <small>
          {plural(ratings, 'rating')}
          {raters > 0 && ratings > 0
            ? `, about ${hoursOf(hours / raters)} h for each of ${plural(raters, 'rater')}`
            : ''}
        </small>
      </p>
      {warnings.length > 0 ? (
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
      ) : null}
      <Segments preview={preview} />
    </div>
  )
}

const hoursOf = (hours: number): string => (hours > 0 && hours < 9.95 ? hours.toFixed(1) : whole(Math.round(hours)))

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
