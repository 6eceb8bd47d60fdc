const SAID = {
  draft: ['none', 'Draft'],
  open: ['good', 'Open'],
  closed: ['none', 'Closed'],
} as const

/** The state of a round as a word with its shape. */
export function RoundState({ state }: { state: keyof typeof SAID }) {
  const [tone, word] = SAID[state]
  return (
    <span className="state" data-tone={tone}>
      {word}
    </span>
  )
}
