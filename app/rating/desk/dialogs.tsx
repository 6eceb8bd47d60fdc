import type { ShownDimension } from '#app/evaluation/queue/shown.ts'
import { levelKeys } from '../levels.ts'
import type { Work } from '../work.ts'
import { FlagDialog } from './flag-dialog.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { LastTen } from './last-ten.tsx'
import { SkipDialog } from './skip-dialog.tsx'
import { FIRST_PART, Tour } from './tour.tsx'
import type { Opened } from './use-doing.ts'

type Props = {
  dialog: Opened['dialog']
  project: string
  work: Work
  dimension: ShownDimension | undefined
  single: boolean
  onSet: (over: Partial<Opened>) => void
  onSingle: (single: boolean) => void
  onTourSeen: () => void
}

/** The dialog that is open, if one is. */
export function Dialogs({ dialog, project, work, dimension, single, onSet, onSingle, onTourSeen }: Props) {
  const close = () => onSet({ dialog: null, part: '' })
  switch (dialog) {
    case 'skip':
      return <SkipDialog onSkip={(reason) => work.skip(reason)} onClose={close} />
    case 'flag':
      return <FlagDialog onFlag={(kind, note) => work.flag(kind, note)} onClose={close} />
    case 'keys': {
      const keys = levelKeys(dimension?.levels.map(({ value }) => value) ?? [])
      return (
        <KeysDialog
          levels={[keys[0] ?? '1', keys.at(-1) ?? '4']}
          single={single}
          onSingle={onSingle}
          onTour={() => onSet({ dialog: 'tour', part: FIRST_PART })}
          onClose={close}
        />
      )
    }
    case 'last ten':
      return <LastTen project={project} onClose={close} />
    case 'tour':
      return (
        <Tour
          onPart={(part) => onSet({ part })}
          onClose={() => {
            close()
            onTourSeen()
          }}
        />
      )
    default:
      return null
  }
}
