import type { Verified } from '#app/evaluation/audit/verify.ts'

/** What the log is, and what checking its chain has found. */
export function Chain({ verified }: { verified: Verified | undefined }) {
  if (!verified) {
    return (
      <p className="finding">
        Everything that was done here is written down and stays. Each entry carries the hash of the one before, so that
        none can be changed or taken out unseen.
      </p>
    )
  }
  const { entries, head, broken } = verified
  return (
    <div className="stack-tight" role="status">
      {broken ? (
        <p className="banner" data-tone="bad">
          <strong>The chain is broken at entry {broken.number.toLocaleString('en')}.</strong> {broken.why} The{' '}
          {entries.toLocaleString('en')} before it are as they were written. Keep this database as it is and compare it
          with a backup.
        </p>
      ) : (
        <p className="finding">
          All {entries.toLocaleString('en')} entries of this installation are as they were written, in order, with none
          missing between them.
        </p>
      )}
      <p className="soft">
        Head after entry {entries.toLocaleString('en')}: <code className="hash">{head}</code>. Kept elsewhere, it proves
        later that nothing was cut from the end: <code>npm run -s assay -- audit verify --expect HASH</code>.
      </p>
    </div>
  )
}
