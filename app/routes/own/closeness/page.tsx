import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { calibrateCloseness } from '#app/evaluation/closeness/calibration.ts'
import { embedder } from '#app/evaluation/closeness/embed.server.ts'
import { closenessFigures } from '#app/evaluation/closeness/figures.ts'
import { askForScoring } from '#app/evaluation/closeness/job.ts'
import { MEASURE_NAMES, worthInWords } from '#app/evaluation/closeness/words.ts'
import { plural } from '#app/evaluation/figure.ts'
import { wakeJobs } from '#app/evaluation/jobs/start.ts'
import { amongst, textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Empty, Page, Section } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { Experts } from './experts.tsx'
import { Method } from './method.tsx'
import { Outcomes } from './outcomes.tsx'
import { measureIn } from './query.ts'
import { Scoring } from './scoring.tsx'

export const meta: MetaFunction = () => [{ title: 'Closeness · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'closeness.read')
  const measure = measureIn(new URL(request.url).searchParams.get('measure'))
  return answering(async () => ({
    figures: await closenessFigures(store(), scope, measure),
    embeds: embedder() !== null,
    mayCalibrate: can(scope.roles, 'closeness.write'),
  }))
}

/** Calibrates the thresholds, or has what is not scored yet scored. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'closeness.write')
  try {
    const form = await receiveForm(request)
    switch (amongst(form, 'intent', ['calibrate', 'score'] as const)[0]) {
      case 'calibrate': {
        const { responses } = await calibrateCloseness(store(), scope, measureIn(textOf(form, 'measure')))
        return data({ faults: null, done: `Calibrated from ${plural(responses, 'response')}.` })
      }
      case 'score':
        await askForScoring(store(), scope)
        wakeJobs()
        return data({ faults: null, done: 'Scoring has been asked for. It goes on while you do something else.' })
      default:
        return data({ faults: null, done: null })
    }
  } catch (error) {
    const faults = errorsOf(error)
    return data({ faults, done: null }, { status: faults.status })
  }
}

export default function Closeness() {
  const { figures, embeds, mayCalibrate } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const { measure, rows, pairs } = figures
  if (pairs.all === 0) {
    return (
      <Page title="Closeness to references">
        <Empty title="Nothing to compare yet" action={<Link to="../references/missing">Missing references</Link>}>
          What a system version answered to an active case is compared with the case’s high and borderline references.
          It takes a response and both references of the same case.
        </Empty>
      </Page>
    )
  }
  return (
    <Page title="Closeness to references">
      {result?.done ? (
        <p className="banner" data-tone="good" role="status">
          {result.done}
        </p>
      ) : null}
      <FormFaults faults={result?.faults ?? undefined} />
      <Form className="filters" key={measure}>
        <label className="field">
          <span>Measure</span>
          <select name="measure" defaultValue={measure}>
            <option value="chrf">{MEASURE_NAMES.chrf}</option>
            <option value="token-f1">{MEASURE_NAMES['token-f1']}</option>
            {embeds || measure === 'embedding' ? <option value="embedding">{MEASURE_NAMES.embedding}</option> : null}
          </select>
        </label>
        <button type="submit">Apply</button>
      </Form>
      <p className="finding">{worthInWords(figures)}</p>
      <Scoring figures={figures} maySet={mayCalibrate} />
      {rows.length > 0 ? <Outcomes figures={figures} /> : null}
      <Section
        id="experts"
        title="Agreement with experts"
        aside={
          mayCalibrate ? (
            <Form method="post">
              <input type="hidden" name="measure" value={measure} />
              <Submit name="intent" value="calibrate">
                {figures.calibration ? 'Calibrate again' : 'Calibrate from experts’ answers'}
              </Submit>
            </Form>
          ) : null
        }
      >
        <Experts figures={figures} />
      </Section>
      <Method figures={figures} />
    </Page>
  )
}
