import { expect, it } from "vitest";
import { factorise, solve } from "./cholesky.ts";

it("solves a symmetric system", () => {
  const matrix = Float64Array.from([4, 2, 0.6, 2, 5, 1, 0.6, 1, 3]);
  const wanted = [1, -2, 3];
  const right = Float64Array.from([0, 1, 2], (row) =>
    wanted.reduce((sum, value, column) => sum + (matrix[row * 3 + column] ?? 0) * value, 0),
  );
  factorise(matrix, 3);
  solve(matrix, right, 3);
  for (const [row, value] of wanted.entries()) expect(right[row]).toBeCloseTo(value, 12);
});
