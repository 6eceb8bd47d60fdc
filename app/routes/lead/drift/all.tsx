import { Link } from '@remix-run/react'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { useAddress } from '../agreement/filters.tsx'
import { CsvLink } from './csv-link.tsx'
import type { AlarmRow, DimensionRow } from './view/all.server.ts'

/** Who changed, what, since when, how sure: over all dimensions. */
export function Alarms({ rows }: { rows: readonly AlarmRow[] }) {
  if (rows.length === 0) return null
  return (
    <Section id="alarms" title="Alarms" aside={<CsvLink table="alarms" />}>
      <Scroll label="Alarms">
        <table>
          <thead>
            <tr>
              <th scope="col">Who</th>
              <th scope="col">On</th>
              <th scope="col">What</th>
              <th scope="col" className="number">
                By
              </th>
              <th scope="col" className="number">
                95 % interval
              </th>
              <th scope="col">Since</th>
              <th scope="col">With 95 % between</th>
              <th scope="col">First raised</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">
                  <span className="state" data-tone="bad">
                    {row.who}
                  </span>
                </th>
                <td>{row.dimension}</td>
                <td className="wordy">{row.what}</td>
                <td className="number">{row.size}</td>
                <td className="number">{row.interval}</td>
                <td>{row.since}</td>
                <td>{row.range}</td>
                <td>{row.raised}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  )
}

/** Every dimension in a line. */
export function AllDimensions({
  rows,
  leftOut,
  chosen,
}: {
  rows: readonly DimensionRow[]
  leftOut: readonly { key: string; name: string; reason: string }[]
  chosen: string | null
}) {
  const address = useAddress()
  return (
    <Section id="all" title="All dimensions" aside={<CsvLink table="dimensions" />}>
      <Scroll label="Drift of every dimension">
        <table className="by-dimension">
          <thead>
            <tr>
              <th scope="col">Dimension</th>
              <th scope="col" className="number">
                Change of the mean
              </th>
              <th scope="col">Largest cause</th>
              <th scope="col">On anchors</th>
              <th scope="col">Since</th>
              <th scope="col" className="number">
                Anchor ratings
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">
                  <Link to={address('', { dimension: row.key })} aria-current={row.key === chosen ? 'true' : undefined}>
                    {row.name}
                  </Link>
                </th>
                <td className="number">{row.change}</td>
                <td className="wordy">{row.cause}</td>
                <td>
                  <span className="state" data-tone={row.tone}>
                    {row.state}
                  </span>
                </td>
                <td>{row.since}</td>
                <td className="number">{row.anchorRatings}</td>
              </tr>
            ))}
            {leftOut.map(({ key, name, reason }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                <td colSpan={5} className="soft">
                  Left out: {reason}.
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  )
}
