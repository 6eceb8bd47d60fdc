import { Link } from '@remix-run/react'
import type { WholeRisk } from '#app/evaluation/contamination/read.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { amountOf, PART_LABELS, risk } from '../contamination/words.ts'

/** How far a case may be contaminated, with the parts of the figure. */
export function Risk({ whole }: { whole: WholeRisk | null }) {
  if (whole === null) return null
  return (
    <Section
      id="risk"
      title="Contamination"
      aside={<Link to="../contamination">All cases</Link>}
      lead={`Risk ${risk(whole.risk)} of 100. Each part is what it comes to by itself; together they count as chances do, so less than their sum.`}
    >
      <Scroll label="Parts of the risk">
        <table>
          <thead>
            <tr>
              {whole.parts.map(({ part }) => (
                <th scope="col" className="number" key={part}>
                  {PART_LABELS[part]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              {whole.parts.map(({ part, points }) => (
                <td className="number" key={part}>
                  {amountOf(part, whole)} <span className="faint">→ {risk(points)}</span>
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </Scroll>
    </Section>
  )
}
