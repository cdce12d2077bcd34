// Collects the raw strings of an `extract`: all rows and fields in one go, nothing of the page waited for.
// Runs in our isolated world: nothing that the page has patched is seen here.
(plan) => {
  const SPACES = /[ \t\n\r\f]+/g;
  // What no reader sees and no word needs: soft hyphens, zero-width spaces, word joiners, byte order marks.
  const UNSEEN = /[\u00ad\u200b\u2060\ufeff]/g;
  const UNEVEN = /[\t\n\r\f\u00ad\u200b\u2060\ufeff]| {2}/;
  const VERBATIM = 'textarea, script, style, noscript, listing, xmp, plaintext';
  const SKIPPED = new Set(
    'head script style noscript template iframe video audio canvas datalist'.split(' '),
  );
  const BLOCKS = new Set(
    ('address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
      'footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search ' +
      'section select summary table tbody tfoot thead tr ul').split(' '),
  );
  const INLINE = /^(inline|contents|ruby|table-column)/;

  // How an element is laid out beside the text around it: `cell`, `block` or `inline`. What is not shown has no layout,
  // and is what its tag says.
  const laid = (element, { display }) => {
    if (display === 'table-cell') return 'cell';
    if (display !== 'none' && display !== '') return INLINE.test(display) ? 'inline' : 'block';
    if (element.localName === 'td' || element.localName === 'th') return 'cell';
    return BLOCKS.has(element.localName) ? 'block' : 'inline';
  };
  // What a style keeps of white space, asked for at most once, and only where a text depends on it: it costs.
  const keeping = (style) => {
    let keeps;
    return () => (keeps ??= style.whiteSpaceCollapse);
  };
  const isVerbatim = (keeps) => keeps === 'preserve' || keeps === 'break-spaces';
  // The white space of a text as a reader sees it.
  const even = (text, kept) => {
    if (!UNEVEN.test(text)) return text;
    text = text.replace(UNSEEN, '');
    const keeps = kept();
    if (isVerbatim(keeps)) return text;
    if (keeps !== 'preserve-breaks') return text.replace(SPACES, ' ');
    return text.replace(/[ \t\f]+/g, ' ').replace(/ ?\r?\n ?/g, '\n');
  };

  // The text of an element as the page lays it out: white space as one space where a style does not keep it, a line for
  // each block, cells apart. Nothing is left out or changed for a style: hidden text is text too.
  const text = (element) => {
    if (element.firstElementChild === null) {
      const all = element.textContent;
      if (!UNEVEN.test(all) || element.closest(VERBATIM)) return all;
      // Only a text that is uneven within depends on a style; asking for it may cost the page's first layout.
      const inner = all.trim();
      return UNEVEN.test(inner) ? even(all, keeping(getComputedStyle(element))) : all.replace(UNSEEN, '').replace(SPACES, ' ');
    }
    let out = '';
    let breaks = 0;
    const cut = () => {
      if (out.endsWith(' ')) out = out.slice(0, -1);
    };
    const add = (data, kept) => {
      if (data.startsWith(' ') && (out === '' || breaks > 0 || /[ \n\t]$/.test(out)) && !isVerbatim(kept())) {
        data = data.slice(1);
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
    const walk = (parent, style) => {
      const kept = keeping(style);
      for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
        if (node.nodeType === Node.TEXT_NODE) {
          add(even(node.data, kept), kept);
        } else if (node.nodeType === Node.ELEMENT_NODE) {
          const name = node.localName;
          if (SKIPPED.has(name)) continue;
          if (name === 'br') {
            cut();
            add('\n');
            continue;
          }
          const style = getComputedStyle(node);
          const how = laid(node, style);
          const lines = how !== 'block' ? 0 : name === 'p' ? 2 : 1;
          open(lines);
          if (how === 'cell' && node.previousElementSibling !== null) {
            cut();
            add('\t');
          }
          walk(node, style);
          open(lines);
        }
      }
    };
    walk(element, getComputedStyle(element));
    return out;
  };

  // What addresses of a document are relative to, and how it writes them.
  const origin = ({ baseURI, characterSet }) => ({ url: baseURI, charset: characterSet });
  const raw = (element, field) => {
    if (field.kind === 'text') return text(element);
    if (field.kind === 'html') return element.innerHTML;
    const value = element.getAttribute(field.attr);
    return value ?? false;
  };
  // One element's raw value; false when it has no such attribute. An address in a frame says what it is relative to.
  const read = (element, field) => {
    const cell = raw(element, field);
    if (!field.url || element.ownerDocument === document || cell === false) return cell;
    return { base: origin(element.ownerDocument), cell };
  };
  const one = (row, { from: selector, isPlain }) => {
    if (selector === '.') return row;
    return isPlain ? row.querySelector(selector) : (selectors.every(selector, row)[0] ?? null);
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
    const element = one(row, field);
    return element === null ? null : read(element, field);
  };
  const rows = (outer, plan, at) => {
    const { from, limit, fields } = plan;
    const found = limit === 1 ? [one(outer, plan)].filter((row) => row !== null) : all(outer, from);
    const taken = limit === null ? found : found.slice(0, limit);
    return taken.map((row, i) => fields.map((field, j) => cell(row, field, at, i, j)));
  };

  // A selector must be good also where there is no row to try it on.
  const invalid = (plan) => {
    const { from, fields } = plan;
    // Asked once, and not of each row.
    plan.isPlain = !from.includes('>>') && !selectors.hasLocator(from) && !from.trim().startsWith('css=');
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
    return { base: origin(document), rows: [[cell(document, plan.cell, '', 0, 0)]], late };
  }
  const root = plan.from === '.' ? document.documentElement : document;
  const found = { base: origin(document), rows: rows(root, plan, '') };
  return plan.from.includes('>>') || late.length > 0 ? { ...found, late, far: selectors.far(plan.from, root) } : found;
}
