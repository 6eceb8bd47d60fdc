import { Link } from '@remix-run/react'
import { SafeHtml } from '#app/ui/safe-html.tsx'
import { When } from '#app/ui/when.tsx'
import { Pieces } from './pieces.tsx'
import { PlacedAt } from './placed-at.tsx'
import type { ShownReference } from './reference-view.server.ts'

const STATE = {
  candidate: { said: 'Offered', tone: 'none' },
  written: { said: 'Not checked', tone: 'warn' },
  validated: { said: 'Validated', tone: 'good' },
  refused: { said: 'Refused', tone: 'bad' },
} as const

/** One text with who wrote it, who checked it, and where raters place it. */
export function Reference({ reference, mayWrite }: { reference: ShownReference; mayWrite: boolean }) {
  const { id, html, state, check, rubric, author, offered, createdAt, supersededAt, changes, placement } = reference
  return (
    <article>
      {html === null ? <p className="soft">Sealed.</p> : <SafeHtml className="reading" html={html} />}
      <p className="by">
        <span className="state" data-tone={STATE[state].tone}>
          {STATE[state].said}
        </span>
        {check && state !== 'written' ? (
          <span>
            by {check.by ?? 'somebody'}, <When at={check.at} />
          </span>
        ) : null}
        {placement?.verdict === 'not what it says' ? (
          <span className="state" data-tone="bad">
            Not what it says
          </span>
        ) : null}
        {mayWrite ? <Link to={`references?replaces=${id}`}>Replace</Link> : null}
      </p>
      {check?.note ? <p className="by">“{check.note}”</p> : null}
      <p className="by">
        <span>
          {offered ? 'Offered by ' : 'Written by '}
          {author ?? 'somebody not named'}, <When at={createdAt} />
          {rubric ? `, for ${rubric.name} version ${rubric.version}` : ''}
          {supersededAt === null ? null : (
            <>
              ; replaced <When at={supersededAt} />
            </>
          )}
        </span>
      </p>
      {placement ? <PlacedAt placement={placement} quality={reference.quality} /> : null}
      {changes ? (
        <details>
          <summary>
            What changed from the text of <When at={changes.since} />
          </summary>
          <Pieces pieces={changes.pieces} />
        </details>
      ) : null}
    </article>
  )
}
