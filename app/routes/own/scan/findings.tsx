import { Link, useParams } from '@remix-run/react'
import type { CanaryFound, CaseLeak } from '#app/evaluation/contamination/findings.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { When } from '#app/ui/when.tsx'

/** From this share of its runs of eight words on a text counts as found word for word. */
const WORD_FOR_WORD = 0.25

const percent = (share: number): string => `${Math.round(100 * share)} %`

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

/** Canaries in files: the loudest thing a scan can say. */
export function Canaries({ canaries }: { canaries: (CanaryFound & { file: string })[] }) {
  return canaries.map(({ setId, sealedAt, file }) => (
    <p className="banner" data-tone="bad" role="alert" key={`${setId} ${file}`}>
      <span>
        {file} holds the canary of what was sealed on <When at={sealedAt} />: sealed text has left Assay. Find out how,
        and rotate those cases out.
      </span>
    </p>
  ))
}

export function Faults({ faults }: { faults: { name: string; fault: string }[] }) {
  return faults.map(({ name, fault }) => (
    <p className="banner" data-tone="warn" key={name}>
      {name} was not searched. {fault}
    </p>
  ))
}

/** The cases that were found: which, how much, and of open ones where. */
export function Leaks({
  leaks,
  several,
  mayOpen,
}: {
  leaks: (CaseLeak & { file: string })[]
  several: boolean
  mayOpen: boolean
}) {
  const { project } = useParams()
  if (leaks.length === 0) return null
  return (
    <Section id="leaks" title="What was found">
      <Scroll label="Cases that were found">
        <table>
          <thead>
            <tr>
              {several ? <th scope="col">File</th> : null}
              <th scope="col">Case</th>
              <th scope="col">What of it</th>
              <th scope="col" className="number">
                How much
              </th>
              <th scope="col">How</th>
              <th scope="col">Where</th>
            </tr>
          </thead>
          <tbody>
            {leaks.map((leak) => (
              <tr key={`${leak.file} ${leak.caseId} ${leak.part}`}>
                {several ? <td>{leak.file}</td> : null}
                <th scope="row">
                  {mayOpen ? <Link to={`/p/${project}/cases/${leak.caseId}`}>{leak.key}</Link> : leak.key}
                </th>
                <td>{capital(leak.part)}</td>
                <td className="number">{percent(Math.max(leak.share, leak.near))}</td>
                <td>{leak.share >= WORD_FOR_WORD ? 'Word for word' : 'With words changed'}</td>
                <td>
                  <Where lines={leak.lines} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  )
}

function Where({ lines }: { lines: CaseLeak['lines'] }) {
  if (lines === null) return <span className="soft">Sealed, so not told</span>
  return lines.first === lines.last ? `Line ${lines.first}` : `Lines ${lines.first} to ${lines.last}`
}
