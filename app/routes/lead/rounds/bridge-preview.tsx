import type { BridgePreview } from '#app/evaluation/bridges/preview.ts'
import { plural, whole } from '#app/evaluation/figure.ts'
import { eachTakes, Figures, hoursOf, Warnings } from './preview.tsx'

/** What a bridge comes to, and what to know before making it. */
export function BridgePreviewPanel({ preview, busy }: { preview: BridgePreview; busy: boolean }) {
  const { candidates, items, ratings, hours, raters, change, warnings } = preview
  return (
    <Figures busy={busy}>
      <p>
        <span className="figure">{whole(items)}</span> {items === 1 ? 'response' : 'responses'}
        <span className="faint"> of {whole(candidates)}</span>
      </p>
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
      {change.map((sentence) => (
        <small key={sentence}>{sentence}</small>
      ))}
    </Figures>
  )
}
