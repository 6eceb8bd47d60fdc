import { Link } from '@remix-run/react'
import type { ShownEntry } from '#app/evaluation/audit/entries.ts'
import { When } from '#app/ui/when.tsx'

/** Entries as sentences under their day; each unfolds to what exactly was recorded. */
export function AuditEntries({ entries }: { entries: ShownEntry[] }) {
  return (
    <ol className="entries">
      {entries.map((entry) => (
        <li key={entry.number}>
          <span className="faint number">{entry.number}</span>
          <details>
            <summary>
              <strong>{entry.actor}</strong> {entry.sentence}
            </summary>
            <Recorded entry={entry} />
          </details>
          <span className="soft">
            <When at={entry.at} time />
          </span>
        </li>
      ))}
    </ol>
  )
}

function Recorded({ entry }: { entry: ShownEntry }) {
  const details = Object.entries(JSON.parse(entry.detail) as Record<string, unknown>)
  return (
    <dl>
      <dt>Action</dt>
      <dd>{entry.action}</dd>
      <dt>About</dt>
      <dd>
        {entry.subject} <code>{entry.subjectId}</code>{' '}
        <Link to={`?subject=${encodeURIComponent(entry.subject)}&id=${encodeURIComponent(entry.subjectId)}`}>
          All about it
        </Link>
      </dd>
      {details.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === 'string' ? value : <code>{JSON.stringify(value)}</code>}</dd>
        </div>
      ))}
      <dt>Hash</dt>
      <dd>
        <code>{entry.hash}</code>
      </dd>
    </dl>
  )
}
