import type { UploadedKind } from '#app/evaluation/imports/job.ts'
import type { Column } from '#app/formats/columns.ts'
import { Scroll } from '#app/ui/scroll.tsx'
import { KIND_WORDS } from './kinds.ts'

/** What a file of a kind may hold, and a small one to begin with. */
export function Columns({ kind, columns }: { kind: UploadedKind; columns: Column[] }) {
  const examples = kind === 'rubric' ? ['rubric.json'] : [`${kind}.jsonl`, `${kind}.csv`]
  return (
    <div className="columns" data-for={kind}>
      <p>
        An example to begin with:{' '}
        {examples.map((example, i) => (
          <span key={example}>
            {i > 0 ? ', ' : ''}
            <a href={`examples/${example}`} download>
              {example}
            </a>
          </span>
        ))}
      </p>
      <Scroll label={`Fields of ${KIND_WORDS[kind].label.toLowerCase()}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">{kind === 'rubric' ? 'Field' : 'Field or column'}</th>
              <th scope="col">Meaning</th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ name, needed, meaning }) => (
              <tr key={name}>
                <th scope="row" className="code">
                  {name}
                </th>
                <td>
                  {needed ? <strong>Needed. </strong> : null}
                  {meaning}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {kind === 'cases' || kind === 'responses' ? (
        <p>In CSV, columns called metadata.NAME are kept with the record.</p>
      ) : null}
    </div>
  )
}
