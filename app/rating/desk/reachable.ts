/** For `tabIndex`, in the order of the page: a pane that scrolls must be reached by keyboard too (WCAG 2.1.1). */
export const REACHABLE = 0
