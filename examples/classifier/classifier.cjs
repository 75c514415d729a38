// Trains a small neural network to tell two intertwined spirals apart, with nothing but Node.
//
// The sweep beside it runs this program once for each combination of its parameters. A run reads its own from
// getRunParams and hands back what it found with postRunResults; everything else is an ordinary program.

const { getRunParams, postRunResults } = require('multirun');

/** The same random numbers for the same seed, on every machine: mulberry32 by Tommy Ettinger. */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Points on two spirals, one turned by half a circle: what the network is to learn. */
function spirals(count, noise, random) {
  return Array.from({ length: count }, (_, i) => {
    const label = i % 2;
    const t = Math.sqrt(random());
    const angle = 3 * Math.PI * t + label * Math.PI;
    return {
      x: t * Math.cos(angle) + noise * (random() - 0.5),
      y: t * Math.sin(angle) + noise * (random() - 0.5),
      label,
    };
  });
}

const activations = {
  tanh: { of: Math.tanh, slope: (output) => 1 - output * output },
  relu: { of: (input) => Math.max(0, input), slope: (output) => (output > 0 ? 1 : 0) },
};

/** Fully connected layers; the last one has a single output, the probability of label 1. */
function network(sizes, activation, random) {
  const layers = sizes.slice(1).map((outputs, i) => {
    const inputs = sizes[i];
    const scale = Math.sqrt(6 / (inputs + outputs));
    return {
      inputs,
      outputs,
      weights: Float64Array.from({ length: inputs * outputs }, () => scale * (2 * random() - 1)),
      biases: new Float64Array(outputs),
      weightSteps: new Float64Array(inputs * outputs),
      biasSteps: new Float64Array(outputs),
      values: new Float64Array(outputs),
      errors: new Float64Array(outputs),
    };
  });
  const last = layers[layers.length - 1];
  const input = new Float64Array(2);

  function predict(x, y) {
    input[0] = x;
    input[1] = y;
    let values = input;
    for (const layer of layers) {
      for (let o = 0; o < layer.outputs; o++) {
        let sum = layer.biases[o];
        for (let i = 0; i < layer.inputs; i++) sum += layer.weights[o * layer.inputs + i] * values[i];
        layer.values[o] = layer === last ? 1 / (1 + Math.exp(-sum)) : activation.of(sum);
      }
      values = layer.values;
    }
    return values[0];
  }

  /** One step of gradient descent with momentum on one point. */
  function learn({ x, y, label }, learningRate) {
    // With cross entropy as the loss, the error of a logistic output is simply the difference.
    last.errors[0] = predict(x, y) - label;
    for (let l = layers.length - 1; l >= 0; l--) {
      const layer = layers[l];
      const below = layers[l - 1];
      const values = below ? below.values : input;
      if (below) below.errors.fill(0);
      for (let o = 0; o < layer.outputs; o++) {
        const error = layer.errors[o];
        for (let i = 0; i < layer.inputs; i++) {
          const w = o * layer.inputs + i;
          if (below) below.errors[i] += error * layer.weights[w];
          layer.weightSteps[w] = 0.9 * layer.weightSteps[w] - learningRate * error * values[i];
          layer.weights[w] += layer.weightSteps[w];
        }
        layer.biasSteps[o] = 0.9 * layer.biasSteps[o] - learningRate * error;
        layer.biases[o] += layer.biasSteps[o];
      }
      if (below) for (let i = 0; i < layer.inputs; i++) below.errors[i] *= activation.slope(below.values[i]);
    }
  }

  return {
    predict,
    learn,
    weightCount: layers.reduce((sum, { weights, biases }) => sum + weights.length + biases.length, 0),
  };
}

/** Mean cross entropy, and the share of points that come out on the right side. */
function evaluate({ predict }, points) {
  let loss = 0;
  let right = 0;
  for (const { x, y, label } of points) {
    const probability = predict(x, y);
    loss -= Math.log(Math.max(1e-12, label ? probability : 1 - probability));
    if (probability > 0.5 === (label === 1)) right++;
  }
  return { loss: loss / points.length, accuracy: right / points.length };
}

/** What the network makes of the plane, as a picture for the log. */
function picture({ predict }, width = 60, height = 26) {
  const lines = [];
  for (let row = 0; row < height; row++) {
    let line = '';
    for (let column = 0; column < width; column++) {
      const probability = predict((2.4 * (column + 0.5)) / width - 1.2, 1.2 - (2.4 * (row + 0.5)) / height);
      line += ' ░▒▓█'[Math.min(4, Math.floor(5 * probability))];
    }
    lines.push(line);
  }
  return lines.join('\n');
}

function round(value, digits) {
  return Number(value.toFixed(digits));
}

// Alone, without Multirun, it takes these.
const params = getRunParams({ hidden: 16, activation: 'relu', learning_rate: 0.002, epochs: 120, seed: 1 });
const { hidden, learning_rate: learningRate, activation, epochs, seed } = params;

const random = randomNumbers(seed);
const training = spirals(800, 0.1, random);
const test = spirals(400, 0.1, random);
const model = network([2, hidden, hidden, 1], activations[activation], random);
const started = process.hrtime.bigint();

console.log(`${model.weightCount} weights, ${activation}, learning rate ${learningRate}`);
let best = { accuracy: 0, epoch: 0 };
for (let epoch = 1; epoch <= epochs; epoch++) {
  for (let i = 0; i < training.length; i++) {
    model.learn(training[Math.floor(random() * training.length)], learningRate);
  }
  const { loss, accuracy } = evaluate(model, test);
  if (accuracy > best.accuracy) best = { accuracy, epoch };
  const bar = '█'.repeat(Math.round(30 * accuracy)).padEnd(30, '·');
  console.log(
    `epoch ${String(epoch).padStart(4)}/${epochs}  ${bar}  ${(100 * accuracy).toFixed(1).padStart(5)} %  loss ${loss.toFixed(4)}`,
  );
}

const { loss, accuracy } = evaluate(model, test);
console.log(`\nWhat it has learnt:\n\n${picture(model)}`);
postRunResults({
  accuracy: round(accuracy, 4),
  loss: round(loss, 4),
  training_accuracy: round(evaluate(model, training).accuracy, 4),
  best_accuracy: round(best.accuracy, 4),
  best_epoch: best.epoch,
  weights: model.weightCount,
  seconds: round(Number(process.hrtime.bigint() - started) / 1e9, 2),
});
