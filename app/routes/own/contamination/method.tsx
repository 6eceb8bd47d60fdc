/** How the figure is made, folded. */
export function Method() {
  return (
    <details className="method">
      <summary>How the risk is reckoned</summary>
      <div className="reading">
        <p>
          Each part comes to <code>most × (1 − 2^(−amount / half))</code>, the share found in a file to itself. The
          parts are put together as if each were a chance of its own: <code>100 × (1 − Π (1 − part))</code>. So more of
          anything never makes the risk less.
        </p>
        <ul>
          <li>Found in files: the largest share of its text that a scan found. Up to 100.</li>
          <li>Runs: system versions that answered it since it entered its pool. Up to 50, half at 5.</li>
          <li>Versions made since it entered, whether or not they answered it. Up to 40, half at 5.</li>
          <li>Days in the active pool, none while it is sealed. Up to 50, half at 180.</li>
          <li>Exposures: how often it was opened while it was sealed. Up to 30, half at 10.</li>
        </ul>
      </div>
    </details>
  )
}
