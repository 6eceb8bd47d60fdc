import { BETTER_ANSWER_MOST } from '#app/evaluation/ratings/check.ts'
import type { Closest, Content } from '#app/evaluation/ratings/content.ts'
import { type Change, CLOSEST_ROW } from '../entry.ts'
import { rowId } from './row-focus.ts'

const CLOSEST: readonly [Closest, string, string][] = [
  ['high', 'High', 'As good as the high reference'],
  ['between', 'Between', 'Between the two references'],
  ['borderline', 'Borderline', 'As good as the borderline reference'],
  ['below', 'Below', 'Below the borderline reference: not acceptable'],
]

export const CLOSEST_WORDS: ReadonlyMap<Closest, string> = new Map(CLOSEST.map(([closest, word]) => [closest, word]))

/** In the order of their keys. */
export const CLOSEST_BY_KEY: readonly Closest[] = CLOSEST.map(([closest]) => closest)

type Props = {
  content: Content
  asksClosest: boolean
  /** The reader is on the choice of the closest reference. */
  current: boolean
  missing: boolean
  onChange: (change: Change) => void
}

/** What is said of the response as a whole. */
export function Overall({ content, asksClosest, current, missing, onChange }: Props) {
  return (
    <div className="overall">
      {asksClosest ? (
        <fieldset
          className="choice"
          id={rowId(CLOSEST_ROW)}
          data-current={current || undefined}
          data-missing={missing || undefined}
          onFocus={() => onChange({ type: 'go', dimension: CLOSEST_ROW })}
        >
          <legend>Closest reference</legend>
          <div>
            {CLOSEST.map(([closest, word, meaning], place) => (
              <label key={closest} title={meaning}>
                <input
                  type="radio"
                  name="closest"
                  value={closest}
                  checked={content.closest === closest}
                  onChange={() => onChange({ type: 'closest', closest })}
                />
                <span>
                  {word} {current ? <kbd>{place + 1}</kbd> : null}
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      ) : null}
      <details>
        <summary>
          Write a better answer {content.betterAnswer ? <small>{wordsIn(content.betterAnswer)} words</small> : null}
        </summary>
        <textarea
          name="better"
          rows={6}
          aria-label="A better answer"
          maxLength={BETTER_ANSWER_MOST}
          value={content.betterAnswer}
          onChange={({ target }) => onChange({ type: 'better answer', text: target.value })}
        />
      </details>
    </div>
  )
}

const wordsIn = (text: string): number => text.trim().split(/\s+/).filter(Boolean).length
