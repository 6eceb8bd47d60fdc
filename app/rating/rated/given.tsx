import type { ShownDimension, ShownDocument } from '#app/evaluation/queue/shown.ts'
import type { Content } from '#app/evaluation/ratings/content.ts'
import { EvidenceList } from '../desk/evidence-list.tsx'
import { scoreOf } from '../entry.ts'

type Props = { dimension: ShownDimension; content: Content; documents: readonly ShownDocument[] }

/** What was given for one dimension. */
export function Given({ dimension, content, documents }: Props) {
  const { id, name, levels } = dimension
  const { level, cannotJudge, note } = scoreOf(content, id)
  const place = levels.findIndex(({ value }) => value === level)
  const evidence = content.evidence.filter((one) => one.dimension === id)
  return (
    <section className="dimension" data-levels={levels.length} aria-label={name}>
      <h3>{name}</h3>
      <p className="scores">
        {level === null ? cannotJudge === null ? 'not scored' : 'cannot judge' : <b data-level={place + 1}>{level}</b>}
      </p>
      {level === null ? null : <p className="anchor">{levels[place]?.anchor}</p>}
      {cannotJudge ? <p className="typed">{cannotJudge}</p> : null}
      {note ? <p className="typed">{note}</p> : null}
      <EvidenceList dimension={name} evidence={evidence} documents={documents} />
    </section>
  )
}
