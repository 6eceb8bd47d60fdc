import type { TracePreview } from '#app/evaluation/traces/preview.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'

const BEGINNING = 600

const n = (count: number) => count.toLocaleString('en')

const KINDS: Record<string, string> = {
  email: 'E-mail addresses',
  card: 'Payment cards',
  phone: 'Telephone numbers',
  name: 'Names',
}

/** What would be masked, with examples that give nobody away. */
export function Masking({
  redaction,
  chosen,
  complete,
  traces,
}: Pick<TracePreview, 'redaction' | 'complete' | 'traces'> & { chosen: boolean }) {
  const where = complete ? 'in the file' : `in the first ${n(traces)} traces`
  if (redaction.length === 0) {
    return (
      <Section id="masked" title="What would be masked">
        <p className="soft">
          {chosen ? `Nothing of the kind was found ${where}.` : 'Nothing: no kind is ticked above.'}
        </p>
      </Section>
    )
  }
  return (
    <Section id="masked" title="What would be masked" lead={`Counted ${where}.`}>
      <Scroll label="What would be masked, by kind">
        <table>
          <thead>
            <tr>
              <th scope="col">Kind</th>
              <th scope="col" className="number">
                Passages
              </th>
              <th scope="col" className="number">
                Traces
              </th>
              <th scope="col">Such as</th>
            </tr>
          </thead>
          <tbody>
            {redaction.map(({ kind, count, traces: within, examples }) => (
              <tr key={kind}>
                <th scope="row">{KINDS[kind] ?? kind}</th>
                <td className="number">{n(count)}</td>
                <td className="number">{n(within)}</td>
                <td className="code">{examples.join('   ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  )
}

/** The first traces of the file, as they would be stored. */
export function Sample({ sample }: Pick<TracePreview, 'sample'>) {
  return (
    <Section id="sample" title="The first traces, as they would be stored">
      <div className="folded">
        {sample.map((trace, i) => (
          <details key={trace.key} open={i === 0}>
            <summary>
              {beginning(trace.input, 90)} <span className="faint">{trace.key}</span>
            </summary>
            <dl className="sample">
              <Row name="Input" text={trace.input} />
              <Row name="Response" text={trace.response ?? ''} />
              {(trace.documents ?? []).map((document, at) => (
                <Row
                  // biome-ignore lint/suspicious/noArrayIndexKey: two documents of a trace may be equal
                  key={at}
                  name={typeof document === 'string' ? `Document ${at + 1}` : document.title}
                  text={typeof document === 'string' ? document : document.text}
                />
              ))}
              <Row name="System version" text={trace.system_version ?? ''} />
              <Row name="Model" text={trace.model ?? ''} />
              <Row name="Occurred" text={trace.occurred_at ?? ''} />
              <Row name="Signals" text={trace.signals ? JSON.stringify(trace.signals) : ''} />
              <Row name="Metadata" text={trace.metadata ? JSON.stringify(trace.metadata) : ''} />
            </dl>
          </details>
        ))}
      </div>
    </Section>
  )
}

const beginning = (text: string, length: number) => (text.length > length ? `${text.slice(0, length)}…` : text)

function Row({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text === '' ? <span className="faint">nothing</span> : beginning(text, BEGINNING)}</dd>
    </div>
  )
}

/** What the fields of the file's format become. */
export function Mapping({ mapping }: Pick<TracePreview, 'mapping'>) {
  return (
    <Section id="mapping" title="What its fields become">
      <Scroll label="Fields of a trace and what they are made of">
        <table>
          <thead>
            <tr>
              <th scope="col">Field of a trace</th>
              <th scope="col">Made of</th>
            </tr>
          </thead>
          <tbody>
            {mapping.map(([ours, theirs]) => (
              <tr key={ours}>
                <th scope="row">{ours}</th>
                <td>{theirs}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  )
}
