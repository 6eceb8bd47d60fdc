import { Link } from '@remix-run/react'
import type { MissingReference, WhyMissing } from '#app/evaluation/references/missing.ts'
import { Scroll } from '#app/ui/scroll.tsx'

const WHY: Record<WhyMissing, { said: string; tone: string }> = {
  none: { said: 'None yet', tone: 'none' },
  unchecked: { said: 'Not checked', tone: 'warn' },
  refused: { said: 'Refused', tone: 'warn' },
  'not what it says': { said: 'Not what it says', tone: 'bad' },
}

/** What is missing, one row for each case and quality; what is asked for already cannot be ticked. */
export function MissingTable({ missing, mayAsk }: { missing: MissingReference[]; mayAsk: boolean }) {
  return (
    <Scroll label="Missing references">
      <table className="cases traces">
        <thead>
          <tr>
            {mayAsk ? (
              <th scope="col">
                <span className="unseen">Tick</span>
              </th>
            ) : null}
            <th scope="col">Case</th>
            <th scope="col">Quality</th>
            <th scope="col">Why</th>
            <th scope="col">Under way</th>
            <th scope="col">Category</th>
            <th scope="col">User segment</th>
            <th scope="col">Pool</th>
          </tr>
        </thead>
        <tbody>
          {missing.map((one) => (
            <Row key={`${one.caseId} ${one.quality}`} missing={one} mayAsk={mayAsk} />
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Row({ missing, mayAsk }: { missing: MissingReference; mayAsk: boolean }) {
  const { caseId, key, category, userSegment, pool, quality, why, task } = missing
  return (
    <tr>
      {mayAsk ? (
        <td>
          {task ? null : (
            <input type="checkbox" name="wanted" value={`${quality} ${caseId}`} aria-label={`${key}, ${quality}`} />
          )}
        </td>
      ) : null}
      <th scope="row" className="case-key code">
        <Link to={`../cases/${caseId}`} prefetch="intent">
          {key}
        </Link>
      </th>
      <td>{quality === 'high' ? 'High' : 'Borderline'}</td>
      <td>
        <span className="state" data-tone={WHY[why].tone}>
          {WHY[why].said}
        </span>
      </td>
      <td>{task ? <UnderWay task={task} /> : <span className="faint">not asked for</span>}</td>
      <td>{category}</td>
      <td>{userSegment}</td>
      <td>{pool}</td>
    </tr>
  )
}

function UnderWay({ task: { kind, taker } }: { task: NonNullable<MissingReference['task']> }) {
  if (taker === null) return <>{kind === 'write' ? 'asked to be written' : 'asked to be checked'}</>
  return <>{`${kind === 'write' ? 'being written' : 'being checked'} by ${taker}`}</>
}
