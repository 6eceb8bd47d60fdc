import type { ListedImport } from '#app/evaluation/imports/list.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'

type Fault = NonNullable<ListedImport['failed']>['errors'][number]

/** What is wrong with a file, in the order of its lines. */
export function ErrorTable({ errors }: { errors: Fault[] }) {
  return (
    <Section id="errors" title="What is wrong with it">
      <Scroll label="Errors by line">
        <table className="errors">
          <thead>
            <tr>
              <th scope="col" className="number">
                Line
              </th>
              <th scope="col">Field</th>
              <th scope="col">Reason</th>
            </tr>
          </thead>
          <tbody>
            {errors.map((error) => (
              <tr key={`${error.line} ${error.field} ${error.reason}`}>
                <td className="number">{error.line === null ? 'file' : error.line.toLocaleString('en')}</td>
                <td className="code">{error.field ?? ''}</td>
                <td>{error.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  )
}
