// Charts of one loop, in plain SVG: load and lag over the last two minutes, coloured by engine, with every swap as it happens.

const NS = 'http://www.w3.org/2000/svg';
export const WINDOW = 120000;
const WIDTH = 260, HEIGHT = 92, LEFT = 30, TOP = 14, BOTTOM = 14, GAP = 4000;
const engines = new Map();

/** Returns the class that colours an engine: each has its own, in the order of their appearance. */
export function colour(engine) {
  if (!engine) return 'e5';
  if (!engines.has(engine)) engines.set(engine, 'e' + engines.size % 5);
  return engines.get(engine);
}

function element(parent, name, attributes, text) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  parent.append(made);
  return made;
}

const load = {
  title: 'load', ticks: [[0, '0'], [0.5, '50'], [1, '100']],
  height: sample => Math.min(1, Math.max(0, sample.load)),
  text: sample => (100 * sample.load).toFixed(1) + ' %'
};
// from 0.01 ms to 1 s, by powers of ten
const lag = {
  title: 'lag', ticks: [[0, '10 µs'], [0.4, '1 ms'], [1, '1 s']],
  height: sample => Math.min(1, Math.max(0, (Math.log10(Math.max(sample.lag, 0.01)) + 2) / 5)),
  text: sample => sample.lag < 1 ? (1000 * sample.lag).toFixed(0) + ' µs' : sample.lag.toFixed(1) + ' ms'
};
export const CHARTS = [load, lag];

/** Makes an empty chart. */
export function chart(parent) {
  return element(parent, 'svg', {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img'});
}

/** Draws it anew. */
export function draw(svg, kind, samples, swaps, now) {
  svg.replaceChildren();
  const x = at => LEFT + (WIDTH - LEFT) * (1 - (now - at) / WINDOW);
  const y = share => TOP + (HEIGHT - TOP - BOTTOM) * (1 - share);
  for (const [share, text] of kind.ticks) {
    element(svg, 'line', {class: 'grid', x1: LEFT, x2: WIDTH, y1: y(share), y2: y(share)});
    element(svg, 'text', {x: LEFT - 4, y: y(share) + 3, 'text-anchor': 'end'}, text);
  }
  element(svg, 'text', {x: LEFT, y: HEIGHT - 3}, '2 min ago');
  element(svg, 'text', {x: WIDTH, y: HEIGHT - 3, 'text-anchor': 'end'}, 'now');
  for (const part of parts(samples.filter(sample => now - sample.at < WINDOW))) {
    const points = part.samples.map(sample => `${x(sample.at).toFixed(1)},${y(kind.height(sample)).toFixed(1)}`);
    const from = x(part.samples[0].at).toFixed(1), to = x(part.samples[part.samples.length - 1].at).toFixed(1);
    element(svg, 'polygon', {class: 'fill ' + part.colour, points: `${from},${y(0)} ${points.join(' ')} ${to},${y(0)}`});
    element(svg, 'polyline', {class: 'line ' + part.colour, points: points.join(' ')});
  }
  const taken = [[], []];
  for (const swap of [...swaps].reverse()) {
    if (now - swap.since > WINDOW) continue;
    const begin = x(swap.since), end = swap.isOver ? x(swap.since + swap.lastedNanos / 1e6) : x(now);
    element(svg, 'rect', {class: 'moving', x: begin, y: TOP, width: Math.max(1, end - begin), height: y(0) - TOP});
    element(svg, 'line', {class: 'swap', x1: begin, x2: begin, y1: TOP, y2: y(0), 'data-to': swap.to ?? ''});
    label(svg, taken, begin, (swap.isReturning ? 'back to ' : '→ ') + (swap.to ?? 'none'));
  }
  const latest = samples[samples.length - 1];
  element(svg, 'text', {class: 'value', x: LEFT, y: 10}, kind.title + (latest ? ' ' + kind.text(latest) : ''));
}

/** Writes to the left of a line, in the first of two rows that has room; the latest comes first, and what has no room is left out. */
function label(svg, taken, at, text) {
  const from = at - 5.4 * text.length;
  const row = taken.findIndex(others => others.every(([left, right]) => at < left || from > right));
  if (row < 0 || from < LEFT) return;
  taken[row].push([from, at]);
  element(svg, 'text', {class: 'swap', x: at - 2, y: TOP + 8 + 10 * row, 'text-anchor': 'end'}, text);
}

/** Cuts samples where the engine changes, and where nobody was looking. */
function parts(samples) {
  const found = [];
  let last;
  for (const sample of samples) {
    const gap = !last || sample.at - last.at > GAP;
    if (gap || sample.driver !== last.driver) {
      const joint = gap ? [] : [{...sample, at: last.at, load: last.load, lag: last.lag}];
      found.push({colour: colour(sample.driver), samples: joint});
    }
    found[found.length - 1].samples.push(sample);
    last = sample;
  }
  return found;
}
