/** A JSON value without parts: what the fields of an event hold in the end. */
export type Leaf = string | number | boolean | null;
