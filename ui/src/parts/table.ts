/** A column of a DataTable. The first is the one that names the row. */
export interface Column<Key extends string> {
  key: Key;
  label: string;
  /** The rows may be put in its order. */
  sorts?: boolean;
  /** Numbers stand at the end of their cells. */
  number?: boolean;
}
