// The page of event loops: asks the container once a second, shows what it says, and does nothing by itself.
// Names are those of other people's bundles: they become text, never markup.

import {CHARTS, WINDOW, chart, colour, draw} from './chart.js';

const POLL = 1000;
const FLEET_POLL = 2000; // it is asked for over the network
const byId = id => document.getElementById(id);
const samples = new Map();
let latest = 0, token = '', state = null;

/** Shows what cannot be seen, and what turns the direction of writing, as what it is. */
function clean(text) {
  return String(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, c => '\\u' + c.codePointAt(0).toString(16).padStart(4, '0'));
}

function say(element, text) {
  const shown = clean(text ?? '');
  if (element.textContent !== shown) element.textContent = shown;
}

function add(parent, name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) say(made, text);
  parent.append(made);
  return made;
}

/** Keeps one child for each item, in their order: what is the same stays, so that a click finds what it was meant for. */
function keep(parent, items, key, make, update) {
  const old = new Map([...parent.children].map(child => [child.dataset.key, child]));
  const counts = new Map(); // several may have one key, such as loops of one name
  items.forEach((item, place) => {
    const plain = String(key(item));
    counts.set(plain, (counts.get(plain) ?? 0) + 1);
    const name = counts.get(plain) + ' ' + plain;
    let child = old.get(name);
    if (!child) {
      child = make(item);
      child.dataset.key = name;
    }
    old.delete(name);
    if (parent.children[place] !== child) parent.insertBefore(child, parent.children[place] ?? null);
    update(child, item);
  });
  old.forEach(child => child.remove());
}

const bundle = of => of ? `${of.name} [${of.id}]` : '-';
const rank = ranking => ranking === 2147483647 ? 'max' : ranking === -2147483648 ? 'min' : String(ranking);
const millis = nanos => nanos < 1e6 ? (nanos / 1e3).toFixed(0) + ' µs' : (nanos / 1e6).toFixed(1) + ' ms';
const clock = when => new Date(when).toLocaleTimeString(undefined, {hour12: false});

// ---- what is shown

function cells(row, count) {
  for (let i = 0; i < count; i++) add(row, 'td');
  return row;
}

function button(parent, text, action, act) {
  const made = add(parent, 'button', '', text);
  made.dataset.action = action;
  made.addEventListener('click', act);
  return made;
}

function policyRow(policy) {
  const row = cells(document.createElement('tr'), 8);
  row.dataset.policy = policy.name;
  add(row.children[1], 'span', 'pill');
  row.children[2].className = row.children[4].className = 'number';
  add(row.children[3], 'span', 'engine');
  const buttons = row.children[7];
  buttons.className = 'buttons';
  button(buttons, 'pin', 'pin', () => askPin(policy.name));
  buttons.append(' ');
  button(buttons, 'rank', 'rank', () => askRank(policy.name, policy.ranking));
  buttons.append(' ');
  button(buttons, 'confirm', 'confirm', () => ask(`Confirm the policy '${policy.name}'?`, {action: 'confirm', policy: policy.name}));
  return row;
}

function showPolicy(row, policy) {
  say(row.children[0], policy.name);
  const pill = row.children[1].firstChild;
  say(pill, policy.state + (policy.pinned ? ', pinned' : ''));
  pill.className = 'pill ' + policy.state.split(' ')[0];
  say(row.children[2], rank(policy.ranking) + (policy.name in state.ranks ? ' (given)' : ''));
  const engine = row.children[3].firstChild;
  say(engine, policy.driver ?? 'none');
  engine.className = 'engine ' + colour(policy.driver);
  say(row.children[4], policy.loops);
  say(row.children[5], bundle(policy.bundle));
  say(row.children[6], policy.why[policy.why.length - 1] ?? policy.reason);
  row.children[6].title = clean(policy.why.join('\n'));
  for (const each of row.children[7].querySelectorAll('button')) {
    each.disabled = !state.mayChange;
    each.hidden = each.dataset.action === 'confirm' && policy.state !== 'unconfirmed';
  }
}

function loopCard(loop) {
  const card = document.createElement('div');
  card.className = 'loop';
  card.dataset.loop = loop.name;
  const head = add(card, 'h3');
  add(head, 'span', 'name');
  add(head, 'span', 'engine');
  add(head, 'span', 'facts');
  const charts = add(card, 'div', 'charts');
  CHARTS.forEach(() => chart(charts));
  return card;
}

function showLoop(card, loop) {
  const known = samples.get(loop.name) ?? [];
  const last = known.length ? known[known.length - 1].number : 0; // loops of one name share them
  known.push(...loop.samples.filter(sample => sample.number > last));
  while (known.length && state.now - known[0].at > 2 * WINDOW) known.shift();
  samples.set(loop.name, known);
  const [name, engine, facts] = card.firstChild.children;
  say(name, loop.name);
  const moving = state.swaps.find(swap => swap.loop === loop.name && !swap.isOver);
  say(engine, moving ? `${loop.driver ?? 'parked'} → ${moving.to ?? 'none'}` : loop.driver ?? 'parked');
  engine.className = 'engine ' + colour(loop.driver);
  engine.title = clean('from ' + bundle(loop.driverBundle));
  say(facts, `${loop.connections} connections · ${loop.exchanges} swaps` + (loop.follows ? '' : ' · does not follow'));
  const swaps = state.swaps.filter(swap => swap.loop === loop.name);
  CHARTS.forEach((kind, i) => draw(card.children[1].children[i], kind, known, swaps, state.now));
}

function showChange(row, change) {
  const scope = change.scope === 'process' ? '' : change.scope + ': ';
  const other = change.scope === 'process' ? 'none' : 'process';
  [change.number, clock(change.when), `${scope}${change.from ?? other} → ${change.to ?? other}`, change.cause, change.who,
    change.loops + (change.toFollow ? ` (${change.toFollow} to follow)` : ''), change.kept, change.lost,
    millis(change.longestPauseNanos)].forEach((text, i) => say(row.children[i], text));
}

function showPin(span, pin) {
  say(span.firstChild, `${pin.scope === 'process' ? '' : pin.scope + ' '}pinned: ${pin.policy} `);
  span.lastChild.disabled = !state.mayChange;
}

function pinned(pin) {
  const span = document.createElement('span');
  add(span, 'span');
  button(span, 'release', 'release', () => ask(`Release the pin on '${pin.policy}' (${pin.scope})? Rankings and code decide again.`,
    {action: 'release', scope: pin.scope}));
  return span;
}

function show() {
  const current = state.policies.find(policy => policy.state === 'current');
  say(byId('current'), current ? `policy ${current.name}` : 'no policy');
  byId('current').className = 'pill ' + (current ? 'current' : 'refused');
  say(byId('connections'), state.loops.reduce((sum, loop) => sum + loop.connections, 0) + ' connections');
  say(byId('user'), state.user + (state.mayChange ? '' : ' (reads only)'));
  keep(byId('pins'), state.pins, pin => pin.scope + ' ' + pin.policy, pinned, showPin);
  // two of one name have services of their own
  keep(byId('policies'), state.policies, policy => policy.name + ' ' + policy.serviceId, policyRow, showPolicy);
  byId('trial').hidden = !state.trial;
  if (state.trial) say(byId('trial'), `trial of ${state.trial.policy}: ${state.trial.state}: ${state.trial.text}`);
  keep(byId('absent'), state.absent, policy => policy.name + policy.bundle.id, () => document.createElement('li'),
    (line, policy) => say(line, `${policy.name}: ${policy.absence}, bundle ${bundle(policy.bundle)}; ${policy.advice}`));
  keep(byId('loops'), state.loops, loop => loop.name, loopCard, showLoop);
  keep(byId('history'), state.history, change => change.number, () => cells(document.createElement('tr'), 9), showChange);
}

// ---- the fleet, if there is one

const moment = when => new Date(when).toLocaleString(undefined, {hour12: false});
const pin = policy => policy === '' ? 'no pin' : `'${policy}'`;
const nodes = count => count + (count === 1 ? ' node' : ' nodes');
const isOver = rollout => rollout.phase !== 'moving' && rollout.phase !== 'watched';
const mood = rollout => ({done: 'current', 'rolled back': 'refused'})[rollout.phase] ?? '';

function nodeRow(node) {
  const row = cells(document.createElement('tr'), 9);
  row.dataset.node = node.node;
  add(row.children[2], 'span', 'engine');
  [3, 4, 5].forEach(i => { row.children[i].className = 'number'; });
  return row;
}

function showNode(row, node) {
  const engine = row.children[2].firstChild;
  engine.className = node.there ? 'engine ' + colour(node.engine) : '';
  say(engine, node.there ? node.engine : '');
  const texts = node.there
    ? [node.node + (node.coordinator ? ', coordinator' : ''), node.policy, null, millis(node.lagNanos),
      (100 * node.errors).toFixed(1) + ' %', node.order, node.answer, moment(node.since),
      node.localPin === null ? node.why : `pinned there to '${node.localPin}'`]
    : [node.node, '', null, '', '', '', '', '', 'cut off, or left'];
  texts.forEach((text, i) => { if (text !== null) say(row.children[i], text); });
}

/** Says where a roll-out stands, as fleet:status does. */
function stand(rollout) {
  if (isOver(rollout)) return rollout.phase;
  return `wave ${rollout.wave} of ${rollout.waves.length}, ${rollout.phase}${rollout.paused ? ', paused' : ''}`;
}

function showRollout(status) {
  const rollout = status.rollout;
  byId('rollout').hidden = byId('waves').hidden = !rollout;
  if (!rollout) return;
  const [pill, text] = byId('rollout').children;
  say(pill, stand(rollout));
  pill.className = 'pill ' + mood(rollout);
  const limits = [rollout.watchNanos ? `watched for ${rollout.watchNanos / 1e9} s` : '',
    rollout.maxLagNanos === null ? '' : `lag up to ${millis(rollout.maxLagNanos)}`,
    rollout.maxErrors === null ? '' : `errors up to ${(100 * rollout.maxErrors).toFixed(1)} %`].filter(each => each);
  say(text, `number ${rollout.number}, ${pin(rollout.policy)}, of ${rollout.who}, ${moment(rollout.when)}`
    + (limits.length ? ` (${limits.join(', ')})` : '') + (rollout.reason ? `: ${rollout.reason}` : ''));
  const lines = rollout.waves.map((wave, i) => `wave ${i + 1}, ${nodes(wave.length)}`
    + (wave.length > 10 ? '' : ': ' + wave.join(', ')) + (i < rollout.wave ? '' : ' (not begun)'));
  lines.push(...Object.entries(rollout.excused).map(([node, why]) => `does not count: node '${node}' ${why}`));
  lines.push(...status.waits.map(each => `waits: ${each}`));
  keep(byId('waves'), lines.map((line, i) => ({line, i})), each => each.i, () => document.createElement('li'),
    (item, each) => say(item, each.line));
}

function showFleet(fleet) {
  const status = fleet.status;
  say(byId('fleetOf'), `'${fleet.fleet}', ${nodes(status.nodes)}, coordinator: ${status.coordinator ?? 'none at the moment'}; this is ${fleet.node}, as of ${clock(fleet.asOf)}`);
  byId('nodes').parentElement.hidden = false;
  keep(byId('nodes'), fleet.nodes, node => node.node, nodeRow, showNode);
  say(byId('desired'), status.number === 0 ? 'nothing was decided yet'
    : `desired: ${pin(status.desired)}, number ${status.number}, of ${status.who}`);
  showRollout(status);
  byId('rollouts').hidden = fleet.history.length === 0;
  keep(byId('rollouts').tBodies[0], [...fleet.history].reverse(), each => each.number, () => cells(document.createElement('tr'), 7),
    (row, each) => [each.number, moment(each.when), pin(each.policy), each.who, each.waves.flat().length, each.phase, each.reason]
      .forEach((text, i) => say(row.children[i], text)));
}

async function pollFleet() {
  const trouble = byId('fleetTrouble');
  try {
    const reply = await fetch('aio/fleet.json', {cache: 'no-store'});
    if (reply.status === 409) byId('fleet').hidden = false; // there is a fleet, and it cannot tell
    if (!reply.ok) throw new Error(await reply.text());
    const fleet = await reply.json();
    byId('fleet').hidden = !fleet;
    if (fleet) showFleet(fleet);
    trouble.hidden = !fleet?.status.trouble;
    say(trouble, fleet?.status.trouble);
  } catch (error) { // what was seen last is still shown
    trouble.hidden = false;
    say(trouble, error.message.trim());
  }
}

function tell(text, bad) {
  byId('message').hidden = false;
  byId('message').className = bad ? 'bad' : '';
  say(byId('message'), text);
}

// ---- talking to the container

async function poll() {
  const live = byId('live');
  try {
    const reply = await fetch('aio/state.json?after=' + latest, {cache: 'no-store'});
    if (!reply.ok) throw new Error(reply.status + ' ' + await reply.text());
    state = await reply.json();
    if (state.latest < latest) samples.clear(); // the bundle was started anew
    latest = state.latest;
    token = state.token;
    show();
    say(live, 'live');
    live.className = 'pill live';
  } catch (error) {
    latest = 0;
    samples.clear();
    say(live, 'no reply');
    live.className = 'pill lost';
    live.title = clean(error.message);
  }
}

async function act(parameters) {
  const reply = await fetch('aio/do', {method: 'POST', headers: {'X-Aio-Token': token}, body: new URLSearchParams(parameters)});
  if (reply.ok) {
    tell((await reply.json()).said);
  } else {
    tell(await reply.text(), true);
  }
  await poll();
}

// ---- asking first

let asked = null;

function ask(question, parameters, options = {}) {
  asked = parameters;
  say(byId('question'), question);
  byId('where').hidden = !options.scopes;
  byId('number').hidden = !options.number;
  byId('plan').replaceChildren();
  byId('confirm').disabled = false;
  byId('dialog').showModal();
}

function askPin(policy) {
  ask(`Pin the policy '${policy}'?`, {action: 'pin', policy, scope: 'process'}, {scopes: true});
  const scope = byId('scope');
  scope.replaceChildren();
  for (const each of new Set(['process', ...state.loops.map(loop => 'loop:' + loop.name)])) {
    const option = add(scope, 'option', '', each === 'process' ? 'all loops' : each);
    option.value = each;
  }
  plan();
}

function askRank(policy) {
  const known = state.policies.find(each => each.name === policy);
  ask(`Give the policy '${policy}' another ranking? Empty: its own counts again.`, {action: 'rank', policy}, {number: true});
  byId('ranking').value = known ? known.ranking : '';
}

/** Says what the pin would do, before it is done. */
async function plan() {
  const of = asked, place = byId('plan');
  byId('confirm').disabled = true;
  const reply = await fetch('aio/plan.json?' + new URLSearchParams({policy: of.policy, scope: of.scope}), {cache: 'no-store'});
  const planned = reply.ok ? await reply.json() : {loops: [], notes: [await reply.text()]};
  if (asked !== of) return;
  place.replaceChildren();
  const table = add(place, 'table');
  for (const loop of planned.loops) {
    const row = add(table, 'tr');
    for (const text of [loop.loop, loop.driver ?? 'parked', loop.step, `${loop.connections} connections`, loop.why]) {
      add(row, 'td', '', text);
    }
  }
  for (const note of planned.notes) add(place, 'p', 'note', note);
  byId('confirm').disabled = !reply.ok;
}

byId('scope').addEventListener('change', () => {
  asked = {...asked, scope: byId('scope').value};
  plan();
});
byId('cancel').addEventListener('click', () => byId('dialog').close());
byId('confirm').addEventListener('click', () => {
  let parameters = asked;
  if (!byId('number').hidden) {
    const ranking = byId('ranking').value;
    parameters = ranking === '' ? {action: 'unrank', policy: asked.policy} : {...asked, ranking};
  }
  byId('dialog').close();
  act(parameters).catch(error => tell(error.message, true));
});
byId('dialog').addEventListener('close', () => { asked = null; });

async function run(work, pause) {
  for (;;) {
    await work();
    await new Promise(done => setTimeout(done, pause));
  }
}

run(poll, POLL);
run(pollFleet, FLEET_POLL);
