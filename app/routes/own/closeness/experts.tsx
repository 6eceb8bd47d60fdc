import type { ClosenessFigures } from '#app/evaluation/closeness/figures.ts'
import { Scroll } from '#app/ui/scroll.tsx'
import { When } from '#app/ui/when.tsx'

const EXPERTS = ['Below both', 'Nearest borderline', 'Between', 'Nearest high']
const OUTCOMES = ['Below the bar', 'Matches borderline', 'Between', 'Matches high']

/** What experts said of responses, against the outcomes by thresholds that these had no part in choosing. */
export function Experts({ figures: { agreement, calibration } }: { figures: ClosenessFigures }) {
  if (!agreement || !calibration) {
    return (
      <p className="soft">
        Raters of rounds that show the references say which one a response is closest to. Those answers choose the
        thresholds, and say how far the outcomes can be trusted.
      </p>
    )
  }
  const most = Math.max(...agreement.confusion.flat(), 1)
  return (
    <>
      <Scroll label="What experts say against outcomes">
        <table className="confusion">
          <thead>
            <tr>
              <th scope="col">Experts, by the median</th>
              {OUTCOMES.map((name) => (
                <th scope="col" className="number" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {agreement.confusion.map((row, i) => (
              <tr key={EXPERTS[i]}>
                <th scope="row">{EXPERTS[i]}</th>
                {row.map((count, j) => (
                  <td
                    className="number"
                    key={OUTCOMES[j]}
                    data-same={i === j || undefined}
                    data-weight={Math.ceil((4 * count) / most)}
                  >
                    {count}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className="soft">
        Calibrated <When at={calibration.at} time />. Each response was placed by thresholds chosen from the other
        cases.
      </p>
    </>
  )
}
