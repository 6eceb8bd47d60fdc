const SAID = {
  draft: ['none', 'Draft'],
  published: ['good', 'Published'],
  retired: ['none', 'Retired'],
} as const

/** The state of a rubric version as a word with its shape. */
export function VersionState({ state }: { state: keyof typeof SAID }) {
  const [tone, word] = SAID[state]
  return (
    <span className="state" data-tone={tone}>
      {word}
    </span>
  )
}
