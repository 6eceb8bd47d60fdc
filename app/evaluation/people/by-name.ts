const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true })

/** People as a list of them is read: "Émile" beside "Emil", "Rater 9" before "Rater 10"; namesakes by id. */
export const byName = (a: { name: string; id: string }, b: { name: string; id: string }): number =>
  collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1)
