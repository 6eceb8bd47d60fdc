import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { WholeTrace } from '#app/evaluation/traces/read.ts'
import { When } from '#app/ui/when.tsx'

const BY = { import: 'by the import', rule: 'by a rule', hand: 'by hand' } as const

/** What is known of a trace beside its texts. */
export function Facts({
  trace,
}: {
  trace: Pick<
    WholeTrace,
    | 'category'
    | 'categoryBy'
    | 'userSegment'
    | 'userSegmentBy'
    | 'systemVersion'
    | 'model'
    | 'occurredAt'
    | 'createdAt'
    | 'caseId'
    | 'redactions'
    | 'signals'
    | 'metadata'
  >
}) {
  const redactions = Object.entries(trace.redactions)
  return (
    <dl className="case-facts">
      <Fact name="Category">
        <Assigned value={trace.category} by={trace.categoryBy} />
      </Fact>
      <Fact name="User segment">
        <Assigned value={trace.userSegment} by={trace.userSegmentBy} />
      </Fact>
      {trace.systemVersion === null ? null : <Fact name="System version">{trace.systemVersion}</Fact>}
      {trace.model === null ? null : <Fact name="Model">{trace.model}</Fact>}
      {trace.occurredAt === null ? null : (
        <Fact name="Occurred">
          <When at={trace.occurredAt} time />
        </Fact>
      )}
      <Fact name="Imported">
        <When at={trace.createdAt} />
      </Fact>
      {trace.caseId === null ? null : (
        <Fact name="Case">
          <Link to={`../cases/${trace.caseId}`}>Open the case</Link>
        </Fact>
      )}
      {redactions.length === 0 ? null : (
        <Fact name="Masked">{redactions.map(([kind, count]) => `${count} × ${kind}`).join(', ')}</Fact>
      )}
      {Object.entries(trace.signals).map(([name, value]) => (
        <Fact key={`signal ${name}`} name={`Signal: ${name}`}>
          {String(value)}
        </Fact>
      ))}
      {Object.entries(trace.metadata).map(([name, value]) => (
        <Fact key={name} name={name}>
          {typeof value === 'string' ? value : JSON.stringify(value)}
        </Fact>
      ))}
    </dl>
  )
}

function Assigned({ value, by }: { value: string | null; by: keyof typeof BY | null }) {
  if (value === null) {
    return (
      <span className="state" data-tone="warn">
        Unassigned
      </span>
    )
  }
  return (
    <>
      {value} <span className="faint">{by === null ? '' : BY[by]}</span>
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
