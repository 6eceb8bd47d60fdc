import { Link } from '@remix-run/react'
import type { ScanFindings } from '#app/evaluation/contamination/findings.ts'
import type { ListedScan } from '#app/evaluation/contamination/scans/list.ts'
import { Scroll } from '#app/ui/scroll.tsx'
import { When } from '#app/ui/when.tsx'

const n = (count: number): string => count.toLocaleString('en')

export const isPending = ({ state }: Pick<ListedScan, 'state'>): boolean => state === 'waiting' || state === 'running'

/** How many different cases were found, and how many canaries. */
export function foundIn({ files }: ScanFindings): { cases: number; canaries: number; faults: number } {
  return {
    cases: new Set(files.flatMap(({ leaks }) => leaks.map(({ caseId }) => caseId))).size,
    canaries: new Set(files.flatMap(({ canaries }) => canaries.map(({ setId }) => setId))).size,
    faults: files.filter(({ fault }) => fault !== null).length,
  }
}

export function ScanTable({ scans }: { scans: ListedScan[] }) {
  return (
    <Scroll label="Scans that were done">
      <table className="scans">
        <thead>
          <tr>
            <th scope="col">Files</th>
            <th scope="col">Found</th>
            <th scope="col" className="number">
              Size
            </th>
            <th scope="col">By</th>
            <th scope="col" className="number">
              When
            </th>
          </tr>
        </thead>
        <tbody>
          {scans.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <Link to={one.id}>{one.fileNames[0]}</Link>
                {one.fileNames.length > 1 ? <span className="faint"> and {one.fileNames.length - 1} more</span> : null}
              </th>
              <td>
                <Outcome scan={one} />
              </td>
              <td className="number">{n(Math.ceil(one.bytes / 1000))} kB</td>
              <td>{one.by}</td>
              <td className="number">
                <When at={one.createdAt} time />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Outcome({ scan }: { scan: ListedScan }) {
  const { findings, failed, progress } = scan
  if (failed !== null) {
    return (
      <span className="state" data-tone="bad">
        Failed
      </span>
    )
  }
  if (findings === null) {
    const far = progress === null ? 'Waiting' : `${Math.floor(100 * progress)} %`
    return (
      <span className="state" data-tone="none">
        {far}
      </span>
    )
  }
  const { cases, canaries, faults } = foundIn(findings)
  if (cases + canaries > 0) {
    return (
      <span className="state" data-tone="bad">
        {cases === 1 ? '1 case' : `${n(cases)} cases`}
        {canaries > 0 ? ', sealed text' : ''}
      </span>
    )
  }
  return (
    <span className="state" data-tone={faults > 0 ? 'warn' : 'good'}>
      {faults > 0 ? 'Not all could be read' : 'Nothing'}
    </span>
  )
}
