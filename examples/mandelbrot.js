// The Mandelbrot set in characters: the denser the character, the longer a point takes to escape.

const COLUMNS = 72;
const ROWS = 24;
const MAXIMUM_STEPS = 200;
const SHADES = ' .:-=+*%#@';

/** How many steps z = z² + c stays near the origin, up to the maximum. */
function stepsUntilEscape(real, imaginary) {
  let x = 0;
  let y = 0;
  for (let step = 0; step < MAXIMUM_STEPS; step += 1) {
    [x, y] = [x * x - y * y + real, 2 * x * y + imaginary];
    if (x * x + y * y > 4) return step;
  }
  return MAXIMUM_STEPS;
}

function shade(steps) {
  if (steps === MAXIMUM_STEPS) return SHADES.at(-1);
  return SHADES[Math.min(steps >> 1, SHADES.length - 2)];
}

let inside = 0;
for (let row = 0; row < ROWS; row += 1) {
  const imaginary = 1.2 - (2.4 * row) / (ROWS - 1);
  let line = '';
  for (let column = 0; column < COLUMNS; column += 1) {
    const steps = stepsUntilEscape(-2.1 + (2.8 * column) / (COLUMNS - 1), imaginary);
    if (steps === MAXIMUM_STEPS) inside += 1;
    line += shade(steps);
  }
  console.log(line.trimEnd());
}
console.log(`\n${inside} of ${COLUMNS * ROWS} points did not escape in ${MAXIMUM_STEPS} steps.`);
