/** Stands in a filter for traces without a category or user segment. A file of its own, since pages show it too. */
export const UNASSIGNED = '(unassigned)'
