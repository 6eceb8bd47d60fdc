const SEARCHED = 2_000

/** What a trace is searched by: its key and the beginning of its input in small letters. */
export const traceSearchText = ({ key, input }: { key: string; input: string }): string =>
  `${key} ${input.slice(0, SEARCHED)}`.toLowerCase()
