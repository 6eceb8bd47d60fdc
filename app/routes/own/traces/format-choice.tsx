import { Field } from '#app/ui/field.tsx'

const FORMATS = [
  ['', 'Told by the file'],
  ['langfuse', 'Langfuse: traces, observations'],
  ['langsmith', 'LangSmith: runs'],
  ['otel', 'OpenTelemetry: OTLP JSON'],
  ['openai', 'OpenAI: chat logs'],
  ['evals', 'OpenAI: evals'],
  ['assay', 'Our own'],
] as const

export function FormatChoice({ value }: { value: string }) {
  return (
    <Field label="Format">
      {(attributes) => (
        <select {...attributes} name="format" defaultValue={value}>
          {FORMATS.map(([format, label]) => (
            <option key={format} value={format}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
