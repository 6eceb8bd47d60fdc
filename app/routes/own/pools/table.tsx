import { Fragment } from 'react'
import type { PoolCategory, PoolSegment, Pools } from '#app/evaluation/pools/count.ts'
import { Scroll } from '#app/ui/scroll.tsx'

const n = (count: number) => count.toLocaleString('en')
const some = (count: number) => (count === 0 ? <span className="faint">0</span> : n(count))

/** The pools by category, and by user segment within each. */
export function PoolTable({ pools }: { pools: Pools }) {
  return (
    <Scroll label="The pools by segment">
      <table className="pools">
        <thead>
          <tr>
            <th scope="col">Category</th>
            <th scope="col">User segment</th>
            <th scope="col" className="number">
              Active
            </th>
            <th scope="col" className="number">
              Holdout
            </th>
            <th scope="col" className="number">
              Retired
            </th>
            <th scope="col">
              <span className="unseen">Shortfall</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {pools.categories.map((category) => (
            <Fragment key={category.category}>
              <Whole category={category} />
              {category.segments.map((segment) => (
                <Segment key={segment.userSegment} segment={segment} />
              ))}
            </Fragment>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              All
            </th>
            <td className="number">{n(pools.all.active)}</td>
            <td className="number">
              <Held
                holdout={pools.all.holdout}
                target={pools.categories.reduce((sum, { target }) => sum + target, 0)}
              />
            </td>
            <td className="number">{n(pools.all.retired)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
    </Scroll>
  )
}

/** What the holdout has, beside what it is to have. */
const Held = ({ holdout, target }: { holdout: number; target: number }) => (
  <>
    {n(holdout)} <span className="faint">of {n(target)}</span>
  </>
)

function Whole({ category: { category, active, holdout, target, retired, short } }: { category: PoolCategory }) {
  return (
    <tr className="whole">
      <th scope="row" colSpan={2}>
        {category}
      </th>
      <td className="number">{some(active)}</td>
      <td className="number">
        <Held holdout={holdout} target={target} />
      </td>
      <td className="number">{some(retired)}</td>
      <td>
        {short > 0 ? (
          <span className="state" data-tone="warn">
            {n(short)} under the floor
          </span>
        ) : null}
      </td>
    </tr>
  )
}

function Segment({ segment: { userSegment, active, holdout, target, retired } }: { segment: PoolSegment }) {
  return (
    <tr>
      <td />
      <td>{userSegment}</td>
      <td className="number">{some(active)}</td>
      <td className="number">
        <Held holdout={holdout} target={target} />
      </td>
      <td className="number">{some(retired)}</td>
      <td />
    </tr>
  )
}
