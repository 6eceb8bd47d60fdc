import { KINDS } from '#app/evaluation/rubrics/changes.ts'
import type { DimensionDifference, Piece, TextDifference } from '#app/evaluation/rubrics/differences.ts'

type Props = {
  differences: readonly DimensionDifference[]
  /** What each side is called: "Version 1", "The draft". */
  before: string
  after: string
}

/**
 * Two versions side by side, word by word, the earlier on the left; one under the other on a phone. What was removed is
 * struck through, what was added underlined.
 */
export function Differences({ differences, before, after }: Props) {
  const same = differences.filter(({ is }) => is === 'same')
  return (
    <div className="differences">
      {differences
        .filter(({ is }) => is !== 'same')
        .map((one) => (
          <Dimension key={one.key} difference={one} before={before} after={after} />
        ))}
      {same.length > 0 ? (
        <p className="soft">
          {same.length === differences.length ? 'All dimensions are the same: ' : 'The same in both: '}
          {same.map(({ name }) => name).join(', ')}.
        </p>
      ) : null}
    </div>
  )
}

function Dimension({ difference, before, after }: { difference: DimensionDifference } & Omit<Props, 'differences'>) {
  const { key, name, kinds, places, texts } = difference
  const id = `difference-${key}`
  return (
    <section aria-labelledby={id}>
      <header>
        <h3 id={id}>{name}</h3>
        <p className="row">
          {kinds.map((kind) => (
            <span className="chip" key={kind}>
              {kind === 'order' ? `moved from place ${places.before} to ${places.after}` : KINDS[kind].what}
            </span>
          ))}
        </p>
      </header>
      {texts.length > 0 ? (
        <table>
          <thead>
            <tr>
              <td />
              <th scope="col">{before}</th>
              <th scope="col">{after}</th>
            </tr>
          </thead>
          <tbody>
            {texts.map((text) => (
              <Text key={text.what} text={text} before={before} after={after} />
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  )
}

function Text({ text: { what, pieces }, before, after }: { text: TextDifference } & Omit<Props, 'differences'>) {
  return (
    <tr>
      <th scope="row">{what}</th>
      <Side pieces={pieces} of="removed" called={before} />
      <Side pieces={pieces} of="added" called={after} />
    </tr>
  )
}

/** One of the two texts: what both have, and its own. */
function Side({ pieces, of, called }: { pieces: readonly Piece[]; of: 'added' | 'removed'; called: string }) {
  const own = pieces.filter(({ kind }) => kind === 'same' || kind === of)
  if (own.length === 0) {
    return (
      <td data-empty>
        <span className="faint">–</span>
      </td>
    )
  }
  let at = 0
  return (
    <td data-side={called}>
      <p>
        {own.map(({ kind, text }) => {
          at += text.length
          if (kind === 'same') return <span key={at}>{text}</span>
          return of === 'added' ? <ins key={at}>{text}</ins> : <del key={at}>{text}</del>
        })}
      </p>
    </td>
  )
}
