import { Form, Link } from '@remix-run/react'
import { capital, percent, whole } from '#app/evaluation/figure.ts'
import type { RaterProgress, ReasonCount, RoundProgress } from '#app/evaluation/rounds/shown.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { When } from '#app/ui/when.tsx'
import { Ticks } from './ticks.tsx'

/** Who has done what, and whom to add. */
export function RatersTable({
  raters,
  others,
  mayAdd,
  mayExport,
  mayHandOver,
  roundId,
}: {
  raters: RaterProgress[]
  others: { id: string; name: string }[]
  mayAdd: boolean
  mayExport: boolean
  /** In a bridge: what is kept for one rater may go to the others. */
  mayHandOver: boolean
  roundId: string
}) {
  const absent = mayHandOver && raters.length > 1 ? raters.filter(({ kept }) => kept > 0) : []
  return (
    <Section
      id="raters"
      title="Raters"
      aside={
        mayExport ? (
          <span className="row exports">
            <small>All ratings:</small> <a href={`${roundId}/ratings.csv`}>CSV</a>{' '}
            <a href={`${roundId}/ratings.jsonl`}>JSONL</a>
          </span>
        ) : null
      }
    >
      <Scroll label="Raters of the round">
        <table className="in-round">
          <thead>
            <tr>
              <th scope="col">Rater</th>
              <th scope="col" className="number">
                Done
              </th>
              <th scope="col" className="number">
                In hand
              </th>
              <th scope="col" className="number">
                Median time
              </th>
              <th scope="col" className="number">
                Skipped
              </th>
              <th scope="col" className="number">
                Lease ran out
              </th>
              <th scope="col" className="number">
                Flags
              </th>
              <th scope="col">Last rating</th>
            </tr>
          </thead>
          <tbody>
            {raters.map((rater) => (
              <Row key={rater.id} rater={rater} roundId={roundId} mayList={mayExport} />
            ))}
          </tbody>
        </table>
      </Scroll>
      {absent.length > 0 ? (
        // done once, it folds up: the next name in the list is not to be given away by a second press
        <details key={absent.length} className="ask">
          <summary>Somebody cannot rate…</summary>
          <Form method="post">
            <input type="hidden" name="intent" value="hand-over" />
            <p className="soft">
              A bridge keeps its responses for the raters they were drawn for. What the rater has begun under neither
              version goes to the other raters of the round, under both versions; what is begun stays.
            </p>
            <label className="field">
              <span>Who</span>
              <select name="rater">
                {absent.map(({ id, name, kept }) => (
                  <option key={id} value={id}>
                    {name}, {whole(kept)} kept
                  </option>
                ))}
              </select>
            </label>
            <Submit>Give them to the others</Submit>
          </Form>
        </details>
      ) : null}
      {mayAdd && others.length > 0 ? (
        <details className="ask">
          <summary>Add raters…</summary>
          <Form method="post">
            <input type="hidden" name="intent" value="add-raters" />
            <Ticks
              legend="Who joins the round"
              name="raterIds"
              ticked={[]}
              options={others.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <Submit>Add them</Submit>
          </Form>
        </details>
      ) : null}
    </Section>
  )
}

function Row({ rater, roundId, mayList }: { rater: RaterProgress; roundId: string; mayList: boolean }) {
  return (
    <tr>
      <th scope="row">{rater.name}</th>
      <td className="number">
        {mayList && rater.submitted > 0 ? (
          <Link to={`../agreement/ratings?round=${roundId}&rater=${rater.id}`}>{whole(rater.submitted)}</Link>
        ) : (
          rater.submitted
        )}
      </td>
      <Count value={rater.inHand} />
      <td className="number">
        {rater.medianActiveMs === null ? <span className="faint">–</span> : clock(rater.medianActiveMs)}
      </td>
      <Count value={rater.skipped} />
      <Count value={rater.expired} />
      <Count value={rater.flags} />
      <td>
        {rater.lastSubmittedAt === null ? (
          <span className="faint">none yet</span>
        ) : (
          <When at={rater.lastSubmittedAt} time />
        )}
      </td>
    </tr>
  )
}

const Count = ({ value }: { value: number }) => (
  <td className={value === 0 ? 'number faint' : 'number'}>{whole(value)}</td>
)

/** "2 min 05 s" */
function clock(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const rest = String(seconds % 60).padStart(2, '0')
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${rest} s`
}

const REASON: Partial<Record<ReasonCount['reason'], string>> = {
  audit: 'Drawn from the filter',
  anchor: 'Anchors, rated again',
  bridge: 'Bridge',
  control: 'Control slice',
  disagreement: 'Judges disagree',
}

/** Items by why they are in the round, where there is more than one reason. */
function ByReason({ reasons }: { reasons: readonly ReasonCount[] }) {
  if (reasons.length < 2) return null
  return (
    <>
      <p className="soft">By reason. Raters are never told it.</p>
      <Scroll label="Items by reason">
        <table className="cells">
          <thead>
            <tr>
              <th scope="col">Reason</th>
              <th scope="col" className="number">
                Items finished
              </th>
              <th scope="col" className="number">
                Ratings
              </th>
            </tr>
          </thead>
          <tbody>
            {reasons.map(({ reason, items, finished, ratings, needed }) => (
              <tr key={reason}>
                <th scope="row">{REASON[reason] ?? capital(reason)}</th>
                <td className="number">
                  <Of finished={finished} all={items} />
                </td>
                <td className="number">
                  <Of finished={ratings} all={needed} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}

/** How many items are finished, begun and untouched, in all, by reason and by segment. */
export function ItemsLeft({ progress: { items, segments, reasons } }: { progress: RoundProgress }) {
  const categories = [...new Set(segments.map(({ category }) => category))]
  const users = [...new Set(segments.map(({ userSegment }) => userSegment))]
  return (
    <Section
      id="items"
      title="Items"
      lead={`${whole(items.finished)} finished, ${whole(items.begun)} begun, ${whole(items.untouched)} not touched yet.`}
    >
      <ByReason reasons={reasons} />
      <p className="soft">Finished of all, by segment:</p>
      <Scroll label="Items finished by segment">
        <table className="cells">
          <thead>
            <tr>
              <th scope="col">Category</th>
              {users.map((user) => (
                <th key={user} scope="col" className="number">
                  {user}
                </th>
              ))}
              <th scope="col" className="number">
                All
              </th>
              <th scope="col" className="number">
                Share
              </th>
            </tr>
          </thead>
          <tbody>
            {categories.map((category) => {
              const own = segments.filter((one) => one.category === category)
              const all = own.reduce((sum, one) => sum + one.items, 0)
              const finished = own.reduce((sum, one) => sum + one.finished, 0)
              return (
                <tr key={category}>
                  <th scope="row">{category}</th>
                  {users.map((user) => {
                    const cell = own.find(({ userSegment }) => userSegment === user)
                    return (
                      <td key={user} className="number">
                        {cell ? <Of finished={cell.finished} all={cell.items} /> : <span className="faint">none</span>}
                      </td>
                    )
                  })}
                  <td className="number">
                    <Of finished={finished} all={all} />
                  </td>
                  <td className="number">{percent(finished / Math.max(1, all))}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </Scroll>
    </Section>
  )
}

const Of = ({ finished, all }: { finished: number; all: number }) => (
  <>
    {whole(finished)} <span className="faint">of {whole(all)}</span>
  </>
)
