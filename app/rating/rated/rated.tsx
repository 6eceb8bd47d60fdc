import { useMemo } from 'react'
import type { OwnRatingInFull } from '#app/evaluation/ratings/shown.ts'
import { When } from '#app/ui/when.tsx'
import { itemOf } from '../correction.ts'
import { Answer } from '../desk/answer.tsx'
import { CLOSEST_WORDS } from '../desk/overall.tsx'
import { REACHABLE } from '../desk/reachable.ts'
import { Sources } from '../desk/sources.tsx'
import { useFind } from '../desk/use-find.ts'
import { namedEvidence } from '../named-evidence.ts'
import { Former } from './former.tsx'
import { Given } from './given.tsx'

/** One's own rating, with the item as it was: to be read. */
export function Rated({ own, onCorrect }: { own: OwnRatingInFull; onCorrect: () => void }) {
  const { rubric, content, rating, canCorrect, whyNot } = own
  const find = useFind(own.assignment)
  const item = useMemo(() => itemOf(own), [own])
  const evidence = useMemo(() => namedEvidence(rubric, content.evidence), [rubric, content])
  return (
    <main className="desk" id="main">
      <Answer title="The item as it was" item={item} evidence={evidence} />
      <Sources item={item} evidence={evidence} canary={own.round.canary} find={find} />
      <section className="rubric given" tabIndex={REACHABLE} aria-label="Your rating" data-pane>
        <header>
          <h2>
            {rubric.name}, version {rubric.version}
          </h2>
          {canCorrect ? (
            <button type="button" className="correct" onClick={onCorrect}>
              Correct it
            </button>
          ) : null}
        </header>
        <p className="about">
          {rating ? (
            <>
              Submitted <When at={rating.submittedAt} time />
              {rating.revision > 1 ? `, revision ${rating.revision}` : ''}
            </>
          ) : (
            'A draft, never submitted'
          )}
        </p>
        {rubric.dimensions.map((dimension) => (
          <Given key={dimension.id} dimension={dimension} content={content} documents={own.documents} />
        ))}
        <div className="overall">
          {content.closest ? (
            <p>
              <strong>Closest reference:</strong> {CLOSEST_WORDS.get(content.closest)}
            </p>
          ) : null}
          {content.betterAnswer ? (
            <details>
              <summary>Your better answer</summary>
              <p className="typed">{content.betterAnswer}</p>
            </details>
          ) : null}
          <Former rubric={rubric} former={own.former} />
          {whyNot ? <p className="soft">{whyNot}</p> : null}
        </div>
      </section>
    </main>
  )
}
