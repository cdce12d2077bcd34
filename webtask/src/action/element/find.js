// Which elements a step means, and what there was on the way to them. A part of what waits in the page.
const { frame, isThere, isVisible, line, named, place } = selectors;
selectors.setEdge(want.edge ?? null);

const squeezed = (text) => line(text).replaceAll(' ', '').toUpperCase();
const isButton = (element) =>
  element.localName === 'input' && ['submit', 'button', 'reset'].includes(element.type);
const source = (element) => (isButton(element) ? element.value : element.textContent);
const wanted = want.text === null ? null : line(want.text);
const hasText = (element) => {
  const fits = (text) => (want.exact ? line(text) === wanted : line(text).includes(wanted));
  const text = source(element);
  if (fits(text)) return true;
  // What is shown may differ by line breaks and capitals; asking for it costs a layout.
  return squeezed(text).includes(squeezed(wanted)) && fits(element.innerText ?? '');
};

// An element that only looks as if it had the wanted text, and the first character in which it differs.
const alike = (text) =>
  [...text].flatMap((char) => {
    const plain = char.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase();
    const same = plain.replace(/[\p{Pd}\u2212]/gu, '-').replace(/[\p{Pi}\p{Pf}"`´]/gu, "'");
    return [...same].filter((each) => each !== ' ').map((each) => ({ char, each }));
  });
const joined = (chars) => chars.map(({ each }) => each).join('');
const differs = () => {
  const meant = alike(wanted);
  for (const element of selectors.every(want.selector).slice(0, 50)) {
    const text = line(source(element)).slice(0, 2000);
    const chars = alike(text);
    const at = meant.length === 0 ? -1 : joined(chars).indexOf(joined(meant));
    if (at < 0) continue;
    const begin = [...joined(chars).slice(0, at)].length;
    const i = meant.findIndex(({ char }, i) => char !== chars[begin + i].char);
    if (i >= 0) return { says: text.slice(0, 200), wants: meant[i].char, has: chars[begin + i].char };
  }
  return {};
};

// Every element that is meant, and what there was on the way to it.
const find = () => {
  const all = selectors.every(want.selector);
  if (all.length === 0 && several(all) !== null) return { list: all, lacks: several(all) };
  if (all.length === 0) {
    const shut = selectors.shut(want.selector);
    return { list: all, lacks: shut === null ? { state: 'absent' } : { state: 'shut', ...shut } };
  }
  let list = all;
  if (wanted !== null) {
    list = list.filter(hasText);
    // Of elements inside each other only the innermost has the text to itself.
    list = list.filter((element, i) => !(i + 1 < list.length && element.contains(list[i + 1])));
    if (list.length === 0) return { list, lacks: { state: 'text', count: all.length, says: line(source(all[0])).slice(0, 200) } };
  }
  if (want.closest !== null) {
    list = list.map((element) => selectors.closest(element, want.closest)).filter((element) => element !== null);
    if (list.length === 0) return { list, lacks: { state: 'closest', closest: want.closest } };
  }
  return { list, lacks: several(list) };
};

// Some that can be seen, where only one may be; null when there are not. A file input is mostly hidden.
const several = (list) => {
  if (!want.strict) return null;
  const isBox = !['click', 'hover', 'select', 'type'].includes(want.need);
  const isMeant = (element) => want.need === 'upload' || (isBox ? drawn(element).length > 0 : isVisible(element));
  const meant = [...new Set(isBox ? boxes(list) : list)].filter(isMeant);
  // What is in frames of other origins nobody has looked at yet.
  const frames = selectors.far(want.selector).map(({ pin }) => selectors.pinned(pin));
  const all = [...meant, ...frames];
  return all.length < 2 ? null : { state: 'several', count: all.length, like: all.slice(0, 5).map(outline) };
};
const outline = (element) => {
  const text = line(source(element)).slice(0, 40);
  return text === '' ? named(element) : `${named(element)} "${text}"`;
};

const isDisabled = (element) => {
  const meant = (element.localName === 'label' && element.control) || element;
  const field = meant.closest('button, input, select, textarea, option, optgroup') ?? meant;
  return field.matches(':disabled') || meant.closest('[aria-disabled="true"]') !== null;
};

// The first that can be seen, or else one that only the mouse finds: many a box lies unseen over what is drawn of it.
const first = (list) => list.find(isVisible) ?? list.find(isThere);
