import { Form, Link } from '@remix-run/react'
import type { ListedAnchor, RatedSoFar } from '#app/evaluation/anchors/shown.ts'
import { hundredths, plural, whole } from '#app/evaluation/figure.ts'
import { Scroll } from '#app/ui/scroll.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { When } from '#app/ui/when.tsx'

/** Anchors with how they came to be, and how and when they were rated. */
export function AnchorTable({ anchors, mayWrite }: { anchors: ListedAnchor[]; mayWrite: boolean }) {
  return (
    <Scroll label="Anchors">
      <table className="anchor-list">
        <thead>
          <tr>
            <th scope="col">Response</th>
            <th scope="col">Came by</th>
            <th scope="col" className="number">
              Ratings
            </th>
            <th scope="col" className="number">
              Mean so far
            </th>
            <th scope="col">Rated when</th>
            <th scope="col" className="number">
              Rounds as anchor
            </th>
            {mayWrite ? (
              <th scope="col">
                <span className="unseen">Next step</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {anchors.map((anchor) => (
            <Row key={anchor.id} anchor={anchor} mayWrite={mayWrite} />
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Row({ anchor, mayWrite }: { anchor: ListedAnchor; mayWrite: boolean }) {
  const { id, case: of, systemVersion, rated, used, retiredAt } = anchor
  return (
    <tr>
      <th scope="row" className="case">
        <Link to={`../cases/${of.id}`}>{of.beginning}</Link>
        <small>
          {of.key} · {systemVersion}
        </small>
      </th>
      <td>
        <CameBy anchor={anchor} />
      </td>
      <td className="number">{rated.ratings === 0 ? <span className="faint">none</span> : whole(rated.ratings)}</td>
      <td className="number">
        <MeanSoFar rated={rated} />
      </td>
      <td>
        <RatedWhen rated={rated} />
      </td>
      <td className="number">{used === 0 ? <span className="faint">none</span> : used}</td>
      {mayWrite ? (
        <td className="number">
          <Form method="post">
            <input type="hidden" name="anchor" value={id} />
            <Submit name="intent" value={retiredAt === null ? 'retire' : 'restore'}>
              {retiredAt === null ? 'Retire' : 'Bring back'}
              <span className="unseen">: {of.key}</span>
            </Submit>
          </Form>
        </td>
      ) : null}
    </tr>
  )
}

const WAY = { picked: 'Picked', random: 'Drawn at random', screened: 'Drawn near mid-scale' }

/** A chance as people say it: "1 in 12"; of large ones, which are no such fraction, the per cent. */
const chance = (probability: number): string => {
  if (probability >= 1) return 'all of its candidates'
  if (probability > 0.2) return `${Math.round(100 * probability)} % of its candidates`
  return `1 in ${(1 / probability).toFixed(probability > 0.1 ? 1 : 0)}`
}

function CameBy({ anchor: { drawn, selectionProbability, addedBy, addedAt, retiredAt } }: { anchor: ListedAnchor }) {
  return (
    <>
      {WAY[drawn]}
      {drawn === 'picked' ? null : <span className="faint"> · {chance(selectionProbability)}</span>}
      <small>
        <When at={addedAt} />
        {addedBy === null ? '' : ` by ${addedBy}`}
        {retiredAt === null ? null : (
          <>
            ; retired <When at={retiredAt} />
          </>
        )}
      </small>
    </>
  )
}

/** The mean level, with the version it is of at hand. */
export function MeanSoFar({ rated: { mean } }: { rated: RatedSoFar }) {
  if (mean === null) return <span className="faint">–</span>
  return (
    <span title={`All dimensions of ${mean.version}, levels ${mean.lowest} to ${mean.highest}`}>
      {hundredths(mean.value)} <span className="faint">of {mean.highest}</span>
    </span>
  )
}

function RatedWhen({ rated: { rounds } }: { rated: RatedSoFar }) {
  const [newest] = rounds
  if (!newest) return <span className="faint">not yet</span>
  return (
    <details>
      <summary>
        <When at={newest.last} /> <span className="faint">{plural(rounds.length, 'round')}</span>
      </summary>
      <ul className="plain">
        {rounds.map(({ round, ratings, last }) => (
          <li key={round.id}>
            <Link to={`../rounds/${round.id}`}>{round.name}</Link>{' '}
            <small>
              {plural(ratings, 'rating')}, last <When at={last} />
            </small>
          </li>
        ))}
      </ul>
    </details>
  )
}
