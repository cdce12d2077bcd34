// Collects the raw strings of an `extract`: all rows and fields in one go, nothing of the page waited for.
// Runs in our isolated world: nothing that the page has patched is seen here.
(plan) => {
  const SPACES = /[ \t\n\r\f]+/g;
  const UNEVEN = /[\t\n\r\f]| {2}/;
  const VERBATIM = 'pre, textarea, script, style, noscript, listing, xmp, plaintext';
  const SKIPPED = new Set(
    'head script style noscript template iframe video audio canvas datalist'.split(' '),
  );
  const BLOCKS = new Set(
    ('address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
      'footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search ' +
      'section select summary table tbody tfoot thead tr ul').split(' '),
  );

  // The text of an element as its markup lays it out: white space as one space, a line per block, cells apart.
  // No style is asked for, so hidden text is text too, and no layout is needed.
  const text = (element) => {
    if (element.firstElementChild === null) {
      const all = element.textContent;
      return UNEVEN.test(all) && !element.closest(VERBATIM) ? all.replace(SPACES, ' ') : all;
    }
    let out = '';
    let breaks = 0;
    const cut = () => {
      if (out.endsWith(' ')) out = out.slice(0, -1);
    };
    const add = (data, verbatim) => {
      if (!verbatim) {
        data = UNEVEN.test(data) ? data.replace(SPACES, ' ') : data;
        if (data.startsWith(' ') && (out === '' || breaks > 0 || /[ \n\t]$/.test(out))) data = data.slice(1);
      }
      if (data === '') return;
      if (breaks > 0 && out !== '') {
        cut();
        out += '\n'.repeat(breaks);
      }
      breaks = 0;
      out += data;
    };
    const open = (lines) => {
      if (lines > breaks) breaks = lines;
    };
    const walk = (parent, verbatim) => {
      for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
        if (node.nodeType === Node.TEXT_NODE) {
          add(node.data, verbatim);
        } else if (node.nodeType === Node.ELEMENT_NODE) {
          const name = node.localName;
          if (SKIPPED.has(name)) continue;
          if (name === 'br') {
            cut();
            add('\n', true);
            continue;
          }
          const lines = name === 'p' ? 2 : BLOCKS.has(name) ? 1 : 0;
          open(lines);
          if ((name === 'td' || name === 'th') && node.previousElementSibling !== null) {
            cut();
            add('\t', true);
          }
          walk(node, verbatim || name === 'pre' || name === 'textarea');
          open(lines);
        }
      }
    };
    walk(element, element.closest('pre, textarea') !== null);
    return out;
  };

  // One element's raw value; false when it has no such attribute.
  const read = (element, field) => {
    if (field.kind === 'text') return text(element);
    if (field.kind === 'html') return element.innerHTML;
    const value = element.getAttribute(field.attr);
    return value ?? false;
  };
  const one = (row, selector) => {
    if (selector === '.') return row;
    return selector.includes('>>') ? (selectors.every(selector, row)[0] ?? null) : row.querySelector(selector);
  };
  const all = (row, selector) => selectors.every(selector, row);

  // The cells of which there is more in frames of other origins: where they are, and what to look for there.
  const late = [];
  const cell = (row, field, at, i, j) => {
    if (field.from.includes('>>')) {
      const all = selectors.far(field.from, row);
      for (const { pin, rest } of all) late.push({ at: `${at}/${i}/${j}`, pin, field: { ...field, from: rest } });
    }
    if (field.kind === 'count') return all(row, field.from).length;
    if (field.kind === 'rows') return rows(row, field, `${at}/${i}/${j}`);
    if (field.all) return all(row, field.from).map((element) => read(element, field));
    const element = one(row, field.from);
    return element === null ? null : read(element, field);
  };
  const rows = (outer, { from, limit, fields }, at) => {
    const found = limit === 1 ? [one(outer, from)].filter((row) => row !== null) : all(outer, from);
    const taken = limit === null ? found : found.slice(0, limit);
    return taken.map((row, i) => fields.map((field, j) => cell(row, field, at, i, j)));
  };

  // A selector must be good also where there is no row to try it on.
  const invalid = ({ from, fields }) => {
    try {
      if (from !== '.') selectors.check(from);
    } catch {
      return from;
    }
    for (const field of fields ?? []) {
      const found = invalid(field);
      if (found !== null) return found;
    }
    return null;
  };
  const selector = invalid(plan.cell ?? plan);
  if (selector !== null) return { invalid: selector };
  if (plan.cell) {
    return { base: document.baseURI, rows: [[cell(document, plan.cell, '', 0, 0)]], late };
  }
  const root = plan.from === '.' ? document.documentElement : document;
  // What a frame holds is relative to its own document.
  const base = plan.from.includes('>>') ? one(root, plan.from)?.baseURI : null;
  const found = { base: base ?? document.baseURI, rows: rows(root, plan, '') };
  return plan.from.includes('>>') || late.length > 0 ? { ...found, late, far: selectors.far(plan.from, root) } : found;
}
