import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { When } from '#app/ui/when.tsx'

type Canary = { setId: string; canary: string; sealedAt: number }

/** The canaries: strings that occur nowhere but beside sealed text. */
export function Canaries({ canaries }: { canaries: Canary[] }) {
  return (
    <Section
      id="canaries"
      title="Canaries"
      lead="Each set of cases sealed together has one. The newest stands at the foot of every rating page of the project, sealed or not, and each with its case where a seal is broken. Search the web, prompts and training files for them: where one turns up, pages with sealed text went there."
    >
      <Scroll label="Table of canaries">
        <table>
          <thead>
            <tr>
              <th scope="col">Sealed</th>
              <th scope="col">Canary</th>
            </tr>
          </thead>
          <tbody>
            {canaries.map(({ setId, canary, sealedAt }) => (
              <tr key={setId}>
                <td>
                  <When at={sealedAt} time />
                </td>
                <td className="code">{canary}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  )
}
