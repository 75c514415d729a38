/** One line of the table. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: 's' | 'ms' | 'MB';
  readonly goal?: number;
}
