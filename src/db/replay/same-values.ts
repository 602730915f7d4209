/** Whether a row has these values already. Times are compared as moments, and lists item by item. */
export function hasValues(row: object, values: object): boolean {
  return Object.entries(values).every(
    ([key, value]) => JSON.stringify(value) === JSON.stringify(Reflect.get(row, key)),
  )
}
