// The Ishigami function: the usual test of whether a sensitivity analysis finds what is known.
//
// x2 acts by itself; x1 by itself and together with x3; x3 only together with x1.

const { getRunParams, postRunResults } = require('multirun');

const { x1, x2, x3 } = getRunParams({ x1: 1, x2: 1, x3: 1 });
const y = Math.sin(x1) + 7 * Math.sin(x2) ** 2 + 0.1 * x3 ** 4 * Math.sin(x1);
postRunResults({ y });
