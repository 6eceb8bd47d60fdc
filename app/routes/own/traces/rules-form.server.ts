import type { RuleValues } from '#app/evaluation/traces/rules/rule.ts'
import { RULE_TESTS } from '#db/schema/traces.ts'

/** The rules that were entered, in the order of the places given; rows without anything to look for are none. */
export function rulesIn(form: FormData): RuleValues[] {
  const texts = (name: string) => form.getAll(name).map((value) => (typeof value === 'string' ? value : ''))
  const [assigns, fields, tests, patterns, places] = ['assigns', 'field', 'test', 'pattern', 'place'].map(texts)
  const removed = new Set(texts('remove'))
  return (patterns ?? [])
    .map((pattern, i) => {
      const [target = '', ...value] = (assigns?.[i] ?? '').split(':')
      return {
        at: Number(places?.[i]) || i + 1,
        removed: removed.has(String(i)) || (pattern.trim() === '' && target === ''),
        rule: {
          target: target === 'userSegment' ? ('userSegment' as const) : ('category' as const),
          value: value.join(':'),
          field: (fields?.[i] ?? '').trim(),
          test: RULE_TESTS.find((one) => one === tests?.[i]) ?? 'contains',
          pattern,
        },
      }
    })
    .filter(({ removed: gone }) => !gone)
    .sort((a, b) => a.at - b.at)
    .map(({ rule }) => rule)
}
