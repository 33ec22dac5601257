/** A JSON Schema document (draft 2020-12), kept as plain data so that editors and any validator can use it. */
export type JsonSchema = { readonly [keyword: string]: unknown };
