// The names of elements for whoever does not see the page, as the specification computes them, with what browsers do
// beside it. Continues what the selectors began.
Object.assign(selectors, (() => {
  const { isUntold, references, role } = selectors;
  const NAMELESS = new Set(
    'caption code definition deletion emphasis generic insertion mark paragraph presentation strong subscript suggestion superscript time'.split(' '),
  );
  const BY_CONTENT = new Set(
    ('button cell checkbox columnheader gridcell heading link menuitem menuitemcheckbox menuitemradio option radio row ' +
      'rowheader switch tab term tooltip treeitem').split(' '),
  );
  // What gives its text to the name of what is around it.
  const GIVES = new Set(
    ('caption code contentinfo definition deletion emphasis insertion list listitem mark paragraph presentation region row ' +
      'rowgroup strong subscript superscript table time').split(' '),
  );
  const FIELDS = ['input', 'meter', 'progress', 'select', 'textarea'];
  const PLACED = ['text', 'password', 'number', 'search', 'tel', 'email', 'url', 'textarea'];
  const RANGES = ['progressbar', 'scrollbar', 'slider', 'spinbutton', 'meter'];
  const says = (text) => (text ?? '').trim() !== '';
  const first = (element, ...names) => names.map((name) => element.getAttribute(name)).find(says) ?? '';

  // What a style writes before, after or in place of an element's content; null when it writes nothing.
  const styled = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    const { content, display, visibility } = style;
    if (['none', 'normal', ''].includes(content) || display === 'none' || visibility === 'hidden') return null;
    const tokens = content.match(/"(?:[^"\\]|\\.)*"|[^"\s]+/g) ?? [];
    const slash = tokens.indexOf('/');
    if (slash < 0 && pseudo === undefined) return null;
    const told = tokens.slice(slash + 1);
    if (!told.every((token) => token.startsWith('"'))) return null;
    const text = told.map((token) => token.slice(1, -1).replace(/\\(.)/g, '$1')).join('');
    return pseudo !== undefined && display !== 'inline' ? ` ${text} ` : text;
  };

  // How an element is named. `how` tells on which way it was come to: `seen` are those that are named already; `part` is
  // `self` for the one that is asked for and `within` for what is in it; `by` is `reference`, `label` or `native` when it
  // names another; `isHidden` lets hidden ones name it.
  const named = (element, how) => {
    if (how.seen.has(element)) return '';
    if (!how.isHidden && isUntold(element)) {
      how.seen.add(element);
      return '';
    }
    const referred = references(element, 'aria-labelledby');
    if (how.by !== 'reference') {
      const told = referred.map((each) => named(each, { seen: how.seen, by: 'reference', isHidden: how.isHidden || isUntold(each) })).join(' ');
      if (says(told)) return told;
    }
    const is = role(element) ?? '';
    const tag = element.localName;
    const isWithin = how.by === 'label' || how.by === 'reference' || how.part === 'within';
    if (isWithin && !referred.includes(element)) {
      const value = valueOf(element, is, tag, how);
      if (value !== null) {
        how.seen.add(element);
        return value;
      }
    }
    const label = element.getAttribute('aria-label');
    if (says(label)) {
      how.seen.add(element);
      return label;
    }
    if (is !== 'presentation') {
      const native = nativeOf(element, tag, referred.length > 0, how);
      if (native !== null) return native;
    }
    const isSummary = tag === 'summary' && is !== 'presentation';
    const gives = how.part === 'within' && (is === '' || GIVES.has(is));
    how.seen.add(element);
    if (BY_CONTENT.has(is) || gives || isSummary || how.by) {
      const told = contentOf(element, how);
      if (how.part === 'self' ? says(told) : told !== '') return told;
    }
    if (is !== 'presentation' || tag === 'iframe') return first(element, 'title');
    return '';
  };

  // What a field within a label says is its value.
  const valueOf = (element, is, tag, how) => {
    if (is === 'textbox' || is === 'searchbox') return ['input', 'textarea'].includes(tag) ? element.value : element.textContent;
    if (is === 'combobox' || is === 'listbox') {
      const lists = [element, ...references(element, 'aria-controls'), ...references(element, 'aria-owns')];
      const chosen = tag === 'select' ? [...element.selectedOptions] : lists.flatMap((list) => [...list.querySelectorAll('[aria-selected="true"]')]);
      if (chosen.length === 0 && tag === 'input') return element.value;
      return chosen.map((option) => named(option, { ...how, part: how.part && 'within' })).join(' ');
    }
    if (RANGES.includes(is)) return first(element, 'aria-valuetext', 'aria-valuenow') || (element.value ?? '').toString();
    return is === 'menu' ? '' : null;
  };

  const labelled = (element, how) =>
    [...(element.labels ?? [])]
      .map((label) => named(label, { seen: how.seen, by: 'label', isHidden: how.isHidden || isUntold(label) }))
      .filter(says)
      .join(' ');
  // What names an element by a child of that kind.
  const child = (element, name, how, by = how.by || 'native') => {
    const found = [...element.children].find((each) => each.localName === name);
    if (found === undefined) return null;
    return named(found, { ...how, by, part: how.part && 'within', isHidden: how.isHidden || isUntold(found) });
  };
  // What HTML and SVG name an element by; null when that is nothing but its content.
  const nativeOf = (element, tag, isReferred, how) => {
    const done = (text) => {
      how.seen.add(element);
      return text;
    };
    const labels = () => (element.labels?.length > 0 && how.by !== 'reference' ? labelled(element, how) : null);
    if (tag === 'input') {
      how.seen.add(element);
      const { type } = element;
      if (['button', 'submit', 'reset'].includes(type)) {
        const told = labels() ?? '';
        if (told !== '') return told;
        if (says(element.value)) return element.value;
        return { submit: 'Submit', reset: 'Reset' }[type] ?? first(element, 'title');
      }
      if (type === 'file') return labels() ?? 'Choose File';
      if (type === 'image') return labels() ?? (first(element, 'alt', 'title') || 'Submit');
    }
    if (tag === 'img' || tag === 'area') return done(first(element, 'alt', 'title'));
    if (tag === 'table') {
      how.seen.add(element);
      return child(element, 'caption', how) ?? (element.getAttribute('summary') || null);
    }
    if (tag === 'svg' || element.ownerSVGElement) {
      how.seen.add(element);
      const title = child(element, 'title', how, 'reference');
      if (title !== null) return title;
      if (tag === 'a') return element.getAttribute('xlink:title') || null;
    }
    if (isReferred) return null;
    if (tag === 'button' || tag === 'output') {
      how.seen.add(element);
      const told = element.labels?.length > 0 ? labelled(element, how) : '';
      return told !== '' ? told : tag === 'output' ? first(element, 'title') : null;
    }
    if (FIELDS.includes(tag)) {
      how.seen.add(element);
      if (element.labels?.length > 0) return labelled(element, how);
      return first(element, 'title', ...(PLACED.includes(element.type) ? ['placeholder'] : []));
    }
    if (tag === 'fieldset' || tag === 'figure') {
      how.seen.add(element);
      return child(element, tag === 'fieldset' ? 'legend' : 'figcaption', how) ?? first(element, 'title');
    }
    return null;
  };

  const contentOf = (element, how) => {
    const tokens = [];
    const inner = { ...how, part: how.part && 'within' };
    const visit = (node, isSlotted) => {
      if (node.nodeType === Node.TEXT_NODE) tokens.push(node.data);
      if (node.nodeType !== Node.ELEMENT_NODE || (!isSlotted && node.assignedSlot)) return;
      const told = named(node, inner);
      // A block is a word of its own.
      const isInline = getComputedStyle(node).display === 'inline' && node.localName !== 'br';
      tokens.push(isInline ? told : ` ${told} `);
    };
    const visitAll = (nodes) => {
      for (const node of nodes) if (!node.assignedSlot) visit(node, false);
    };
    tokens.push(styled(element, '::before') ?? '');
    const content = styled(element);
    const slotted = element.localName === 'slot' ? element.assignedNodes() : [];
    if (content !== null) tokens.push(content);
    else if (slotted.length > 0) for (const node of slotted) visit(node, true);
    else {
      visitAll(element.childNodes);
      if (element.shadowRoot) visitAll(element.shadowRoot.childNodes);
      for (const node of references(element, 'aria-owns')) visit(node, true);
    }
    tokens.push(styled(element, '::after') ?? '');
    return tokens.join('');
  };

  const nameOf = (element, isHidden) =>
    NAMELESS.has(role(element) ?? '') ? '' : named(element, { seen: new Set(), part: 'self', isHidden });
  return { nameOf };
})());
