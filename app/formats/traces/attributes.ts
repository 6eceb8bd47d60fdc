import { type Fields, fieldsIn, isFields, listIn } from './loose-json.ts'

/** The attributes of OTLP JSON, which spells the type of each value, as plain values by name. */
export function attributesIn(value: unknown): Record<string, unknown> {
  if (isFields(value)) return { ...value }
  return Object.fromEntries(
    listIn(value).flatMap((one) => {
      const { key, value: held } = fieldsIn(one)
      return typeof key === 'string' ? [[key, plain(fieldsIn(held))]] : []
    }),
  )
}

function plain(value: Fields): unknown {
  if ('stringValue' in value) return value.stringValue
  if ('boolValue' in value) return value.boolValue
  if ('intValue' in value) return Number(value.intValue)
  if ('doubleValue' in value) return Number(value.doubleValue)
  if ('arrayValue' in value) return listIn(fieldsIn(value.arrayValue).values).map((one) => plain(fieldsIn(one)))
  if ('kvlistValue' in value) return attributesIn(fieldsIn(value.kvlistValue).values)
  return null
}

/** What was flattened to `prefix.0.content`, as a list of objects; null where nothing was. */
export function indexed(attributes: Fields, prefix: string): Record<string, unknown>[] | null {
  const list: Record<string, unknown>[] = []
  for (const [name, value] of Object.entries(attributes)) {
    if (!name.startsWith(`${prefix}.`)) continue
    const [, number = '', field] = /^(\d{1,4})\.([^.]+)$/.exec(name.slice(prefix.length + 1)) ?? []
    if (field === undefined) continue
    const at = Number(number)
    list[at] = { ...list[at], [field]: value }
  }
  const dense = list.filter((one) => one !== undefined)
  return dense.length > 0 ? dense : null
}
