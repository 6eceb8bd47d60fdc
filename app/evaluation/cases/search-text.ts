/** What a case is searched by: its key and input in small letters, so that both engines search alike. */
export const caseSearchText = ({ key, input }: { key: string; input: string }): string =>
  `${key} ${input}`.toLowerCase()
