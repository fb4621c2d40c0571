/** The inverse of a symmetric positive definite matrix, by Cholesky; null where it is none. For a few rows. */
export function invertPositiveDefinite(matrix: readonly (readonly number[])[]): number[][] | null {
  const size = matrix.length;
  const at = (rows: readonly (readonly number[])[], row: number, column: number) => rows[row]?.[column] ?? 0;
  const lower: number[][] = [];
  for (let row = 0; row < size; row += 1) {
    const line: number[] = [];
    for (let column = 0; column <= row; column += 1) {
      let rest = at(matrix, row, column);
      const other = column === row ? line : (lower[column] ?? []);
      for (let k = 0; k < column; k += 1) rest -= (line[k] ?? 0) * (other[k] ?? 0);
      if (column < row) line.push(rest / at(lower, column, column));
      else if (rest > 0) line.push(Math.sqrt(rest));
      else return null;
    }
    lower.push(line);
  }
  // Each column of the inverse: L y = unit, then Lᵀ x = y.
  const columns = Array.from({ length: size }, (_, unit) => {
    const y: number[] = [];
    for (let row = 0; row < size; row += 1) {
      let rest = row === unit ? 1 : 0;
      for (let k = 0; k < row; k += 1) rest -= at(lower, row, k) * (y[k] ?? 0);
      y.push(rest / at(lower, row, row));
    }
    const x = Array.from({ length: size }, () => 0);
    for (let row = size - 1; row >= 0; row -= 1) {
      let rest = y[row] ?? 0;
      for (let k = row + 1; k < size; k += 1) rest -= at(lower, k, row) * (x[k] ?? 0);
      x[row] = rest / at(lower, row, row);
    }
    return x;
  });
  return columns;
}
